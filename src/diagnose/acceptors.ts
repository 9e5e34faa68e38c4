import { knownOr } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { InetSocket } from '../model/socket.ts';
import type { EndpointFacts } from './facts.ts';

type Facts = Pick<EndpointFacts, 'snapshot'>;

/** Those of a listener's sockets that nobody takes connections from, for a reason that their processes share. */
export type Stuck = {
  /** Each once, in the order of the listener's owners. */
  readonly processes: readonly Process[];
  /** Whether other sockets of the same SO_REUSEPORT group go on. */
  readonly partly: boolean;
};

/**
 * Finds the sockets behind a listener all of whose accepting processes are in a certain state; null:
 * there are none. Where nothing shows who accepts, everyone who holds a socket counts, and the first
 * of them for all where connections are seen to wait (`waited`): who else holds it accepts neither.
 */
export const stuckSockets = (
  listener: InetListener,
  facts: Facts,
  isStuck: (process: Process) => boolean,
  waited = false,
): Stuck | null => {
  const groups = listener.sockets.map(({ inode }) => {
    const { shown, processes } = acceptorsOf(inode, listener, facts);
    const [first] = processes;
    const speaks = !shown && waited && first !== undefined ? [first] : processes;
    return speaks.length > 0 && speaks.every(isStuck) ? speaks : [];
  });
  const stuck = groups.filter((group) => group.length > 0);
  if (stuck.length === 0) return null;
  return { processes: [...new Set(stuck.flat())], partly: stuck.length < groups.length };
};

/** Every process that accepts from a listener, or holds it where nothing shows who accepts. */
export const acceptors = (listener: InetListener, facts: Facts): readonly Process[] => [
  ...new Set(
    listener.sockets.flatMap(({ inode }) => acceptorsOf(inode, listener, facts).processes),
  ),
];

/** A listener's kernel sockets, of which each has its own queue. */
export const socketsOf = (listener: InetListener, { snapshot }: Facts): readonly InetSocket[] => {
  const inodes = new Set(listener.sockets.map(({ inode }) => inode));
  return snapshot.sockets.filter(
    (socket): socket is InetSocket => socket.transport !== 'unix' && inodes.has(socket.inode),
  );
};

/** `shown`: whether evidence shows that these processes accept from a socket. */
const acceptorsOf = (
  inode: number,
  listener: InetListener,
  { snapshot }: Facts,
): { readonly shown: boolean; readonly processes: readonly Process[] } => {
  const holding = new Set((snapshot.holders[String(inode)] ?? []).map(({ pid }) => pid));
  const owners = knownOr(listener.owners, []).filter(({ pid }) => holding.has(pid));
  const accepting = owners.filter(({ role }) => role === 'accepts');
  const shown = accepting.length > 0;
  const processes = (shown ? accepting : owners).flatMap(
    ({ pid }) => snapshot.processes.find((one) => one.pid === pid) ?? [],
  );
  return { shown, processes };
};
