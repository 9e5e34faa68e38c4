import { homeportError } from '../model/error.ts';
import type { LeaseBook, LeaseKey } from '../model/lease.ts';
import { portCandidates } from '../ports/candidates.ts';
import { portPool } from '../ports/pool.ts';
import { portRefused, reasonAgainst } from '../ports/refuse-port.ts';
import { usualService } from '../ports/usual-services.ts';
import { bindError, type BoundPorts, boundPorts, isBound } from './free-ports.ts';
import type { LiveContext } from './operation.ts';
import { portUse } from './port-use.ts';

/** The port that is looked for. */
export type PortWish = {
  readonly key: LeaseKey;
  readonly folder: string;
  /** The project's own address, where the usual port will do; null: the port is for every address. */
  readonly address: string | null;
  /** This number and no other; null: any. */
  readonly prefer: number | null;
};

/**
 * Chooses the port of a new lease, under the lock of the book. Throws `refused` where a preferred
 * one can't be had, or none is left.
 */
export const choosePort = async (
  context: LiveContext,
  wish: PortWish,
  book: LeaseBook,
): Promise<number> => {
  const { prefer, address, key } = wish;
  if (prefer !== null) {
    const reason = await reasonNotToGrant(context, wish, prefer, book);
    if (reason === null) return prefer;
    throw portRefused(reason, key.service, await firstFree(context, wish, book));
  }
  const usual = address === null ? null : usualService(key.service);
  if (usual !== null && (await reasonNotToGrant(context, wish, usual.port, book)) === null) {
    return usual.port;
  }
  const port = await firstFree(context, wish, book);
  if (port !== null) return port;
  throw homeportError('refused', 'no port is left outside of this kernel’s ephemeral range', {
    hint: 'homeport port ls shows the leases, homeport port gc drops what nobody needs',
  });
};

const reasonNotToGrant = async (
  context: LiveContext,
  { key, folder, address }: PortWish,
  port: number,
  book: LeaseBook,
): Promise<string | null> => {
  const machine = context.host.machine();
  const use = await portUse(context, { ...key, folder, address, port });
  const error = await bindError(context.host, port, address, false);
  return reasonAgainst(
    { port, address, key, book, use, bindError: error, uid: machine.uid },
    machine,
  );
};

/** The first candidate that no lease, no socket and no bind speaks against. */
const firstFree = async (
  context: LiveContext,
  { key, address }: PortWish,
  book: LeaseBook,
): Promise<number | null> => {
  const { host, signal } = context;
  const leased = new Set(book.leases.map(({ port }) => port));
  let bound: BoundPorts | null = null;
  for (const port of portCandidates(key, portPool(host.machine()))) {
    signal.throwIfAborted();
    if (leased.has(port)) continue;
    bound ??= boundPorts(host);
    if (isBound(bound, port, address)) continue;
    if ((await bindError(host, port, address, true)) === null) return port;
  }
  return null;
};
