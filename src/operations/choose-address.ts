import { homeportError } from '../model/error.ts';
import { isUnknown } from '../model/known.ts';
import type { AddressLease, LeaseBook, LeaseHolder, LeaseScope } from '../model/lease.ts';
import { findAddress } from '../ports/book.ts';
import { addressCandidates } from '../ports/candidates.ts';
import type { LiveContext } from './operation.ts';

/**
 * The address of 127.0.0.0/8 of a project's worktree: the one it has, else one that no lease and no
 * socket has. All of them are this machine's on Linux (RFC 1122 3.2.1.3). Throws `unsupported` where
 * they can't be bound, `refused` where none is left.
 */
export const chooseAddress = (
  { host }: LiveContext,
  scope: LeaseScope,
  holder: LeaseHolder,
  book: LeaseBook,
): AddressLease => {
  const before = findAddress(book, scope);
  if (before !== null) return before;
  const taken = new Set([...book.addresses.map(({ address }) => address), ...boundAddresses(host)]);
  for (const address of addressCandidates(scope)) {
    if (taken.has(address)) continue;
    const trial = host.tryBind({ transport: 'tcp', address, port: 0 });
    const error = isUnknown(trial) ? null : trial.reusing;
    if (error !== null) throw notHere(address, error);
    const { project, worktree } = scope;
    return { project, worktree, ...holder, address };
  }
  throw homeportError('refused', 'no address of 127.0.0.0/8 is left', {
    hint: 'homeport port gc drops what nobody needs',
  });
};

const boundAddresses = (host: LiveContext['host']): readonly string[] =>
  host
    .sockets({ unix: false, states: 'connected', otherNamespaces: false })
    .sockets.flatMap((socket) => (socket.transport === 'unix' ? [] : [socket.local.address]));

const notHere = (address: string, error: string) =>
  homeportError('unsupported', `${address} is no address of this machine (${error})`, {
    hint: 'homeport doctor looks at the loopback interface',
  });
