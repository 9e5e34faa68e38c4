import { homeportError, invalidInput } from '../model/error.ts';
import { knownOr } from '../model/known.ts';
import type { Lease, LeaseBook, LeaseKey, PortUse } from '../model/lease.ts';
import { isBadPort, lastPort } from '../model/port.ts';
import { isSameKey } from './book.ts';
import type { PortFacts } from './pool.ts';

/** A port that was asked for by its number, and what is known of it. */
export type AskedPort = {
  readonly port: number;
  /** The project's own address that it is for; null: every address. */
  readonly address: string | null;
  readonly key: LeaseKey;
  readonly book: LeaseBook;
  readonly use: PortUse;
  /** The error's name of a real bind; null: it was free. */
  readonly bindError: string | null;
  readonly uid: number;
};

/** Checks that a number can be a port that one asks for. Throws invalid input. */
export const checkPortNumber = (port: number): number => {
  if (Number.isInteger(port) && port >= 1 && port <= lastPort) return port;
  throw invalidInput(`${port} is no port`, `a port is a whole number from 1 to ${lastPort}`);
};

/** Why a wanted port is not granted, without a full stop; null: it is. */
export const reasonAgainst = (asked: AskedPort, facts: PortFacts): string | null => {
  const { port, uid } = asked;
  if (isBadPort(port)) return `browsers refuse port ${port}, whoever listens there`;
  const unprivileged = knownOr(facts.unprivilegedPortStart, 1024);
  if (port < unprivileged && uid !== 0) {
    return `only root may listen on ${port}: ports below ${unprivileged} are privileged`;
  }
  const other = otherLease(asked);
  if (other !== null) return `${port} is leased to ${leaseName(other)}`;
  return reasonInUse(asked);
};

/** The error for a port that is not granted; `free`: one that would be, null where none was found. */
export const portRefused = (reason: string, service: string, free: number | null): Error =>
  homeportError('refused', reason, {
    hint:
      free === null
        ? 'ask for another one'
        : `${free} is free: homeport port ${service} --prefer ${free}`,
  });

/** A lease as a person names it: `web of shop (worktree feature-x)`. */
export const leaseName = ({ service, endpoint, projectName, worktree }: Lease): string => {
  const what = endpoint === 'main' ? service : `${service}'s ${endpoint}`;
  return `${what} of ${projectName}${worktree === null ? '' : ` (worktree ${worktree})`}`;
};

/** Another's lease that the port would clash with: on the same address, or where one has them all. */
const otherLease = ({ port, address, key, book }: AskedPort): Lease | null =>
  book.leases.find(
    (lease) =>
      lease.port === port &&
      !isSameKey(lease, key) &&
      (lease.address === address || (lease.address === null && address === null)),
  ) ?? null;

const reasonInUse = ({ port, use, bindError }: AskedPort): string | null => {
  if (use.by === 'holder') return null;
  const user = use.users.find(({ relation }) => relation === use.by);
  if (user !== undefined) {
    const who = user.program ?? 'a program that could not be seen';
    const pid = user.pid === null ? '' : ` (pid ${user.pid})`;
    return user.role === 'listens'
      ? `${who}${pid} listens on ${user.address}:${port}`
      : `${who}${pid} has ${port} for an outgoing connection`;
  }
  if (bindError === null) return null;
  return bindError === 'EADDRINUSE'
    ? `${port} is in use, by whom can not be seen`
    : `${port} can not be listened on (${bindError})`;
};
