import type { Connection, End } from '../model/connection.ts';
import { isKnown, knownOr } from '../model/known.ts';
import type { InetListener, Program } from '../model/listener.ts';
import type { InetSocket } from '../model/socket.ts';
import { type BindOverlap, bindOverlap, type Held } from './bind-overlap.ts';
import { type BindQuestion, bindQuestion, isFree } from './bind-question.ts';
import type { EndpointFacts } from './facts.ts';
import { inheritedSocket } from './inherited-socket.ts';
import { systemdSocket } from './systemd-socket.ts';

/** Which of the checks a listener in the way is told by; each is told by one. */
type HoldingKind = 'systemd-socket' | 'inherited' | 'same-program' | 'other-address' | 'taken';

/** A listener in the way of a bind. */
export type Holding = {
  readonly listener: InetListener;
  readonly overlap: BindOverlap;
  readonly kind: HoldingKind;
};

/**
 * The listeners of this network namespace that a bind meets, those on the very address first. None
 * where the kernel just gave the port: a listener that was seen before has then ended.
 */
export const holdingsOf = (facts: EndpointFacts): readonly Holding[] => {
  const question = bindQuestion(facts);
  if (isFree(question)) return [];
  const found = facts.listeners.flatMap((listener) => {
    if (listener.transport !== question.transport || listener.port !== question.port) return [];
    const overlap = listener.namespace === 'this' ? overlapWith(question, listener) : null;
    return overlap === null
      ? []
      : [{ listener, overlap, kind: kindOf(listener, overlap, question, facts) }];
  });
  return found.sort((a, b) => Number(a.overlap !== 'same') - Number(b.overlap !== 'same'));
};

/** Those of one kind. */
export const holdingsOfKind = (facts: EndpointFacts, kind: HoldingKind): readonly Holding[] =>
  holdingsOf(facts).filter((holding) => holding.kind === kind);

/** Sockets without a listener that keep the port from a bind. */
export type OtherSockets = {
  /** Bound by a process, and neither listening nor connected. */
  readonly bound: readonly InetSocket[];
  /** What the kernel keeps of closed connections; no process has them. */
  readonly remains: readonly InetSocket[];
  /** Connections that the end with the port opened. */
  readonly outgoing: readonly HeldConnection[];
  /** Connections that were accepted here by a listener that is gone. */
  readonly accepted: readonly HeldConnection[];
};

/** A connection whose one end has the port. `certain`: it is known which end is the server. */
export type HeldConnection = {
  readonly own: End;
  readonly peer: End;
  readonly state: Connection['state'];
  readonly certain: boolean;
};

/** What holds the port beside listeners; connections of a listener that is still there are left out. */
export const otherSockets = (facts: EndpointFacts): OtherSockets => {
  const question = bindQuestion(facts);
  const sockets = facts.snapshot.sockets.filter(
    (socket): socket is InetSocket =>
      socket.transport === question.transport &&
      socket.namespace === 'this' &&
      socket.local.port === question.port &&
      overlapWith(question, { address: socket.local.address, v6only: socket.v6only }) !== null,
  );
  const served = facts.listeners.some(
    (one) =>
      one.transport === question.transport &&
      one.port === question.port &&
      one.namespace === 'this' &&
      overlapWith(question, one) !== null,
  );
  const inodes = new Set(sockets.filter(isConnected).map(({ inode }) => inode));
  const connections = facts.connections.flatMap((one) => heldEnd(one, inodes, question) ?? []);
  return {
    bound: question.transport === 'tcp' ? sockets.filter(isBoundOnly) : [],
    remains: sockets.filter(isRemains),
    outgoing: connections.filter(({ accepted }) => !accepted),
    accepted: served ? [] : connections.filter(({ accepted }) => accepted),
  };
};

/**
 * Once its listener is gone a connection does not tell which end was the server. A port that can be
 * bound with SO_REUSEADDR is a server's then: a port that the kernel gave a client can not.
 */
const heldEnd = (
  { client, server, state, direction }: Connection,
  inodes: ReadonlySet<number>,
  { trial }: BindQuestion,
): (HeldConnection & { readonly accepted: boolean }) | null => {
  const isServer = inodes.has(server.inode ?? 0);
  if (!isServer && !inodes.has(client.inode ?? 0)) return null;
  const certain = direction === 'listener';
  const [own, peer] = isServer ? [server, client] : [client, server];
  return { own, peer, state, certain, accepted: isServer || (!certain && trial?.reusing === null) };
};

const overlapWith = ({ address }: BindQuestion, held: Held): BindOverlap | null =>
  address === null ? null : bindOverlap(address, held);

const kindOf = (
  listener: InetListener,
  overlap: BindOverlap,
  { named }: BindQuestion,
  facts: EndpointFacts,
): HoldingKind => {
  if (systemdSocket(listener, facts.snapshot) !== null) return 'systemd-socket';
  if (inheritedSocket(listener, facts.snapshot) !== null) return 'inherited';
  if (isSameProject(listener, facts) || isSameProgram(listener, facts)) return 'same-program';
  return named && overlap !== 'same' ? 'other-address' : 'taken';
};

/** Whether a listener belongs to the project that Homeport is asked from. */
export const isSameProject = (listener: InetListener, facts: EndpointFacts): boolean => {
  const own = facts.askersProject === null ? null : knownOr(facts.askersProject, null);
  const theirs = listener.project === null ? null : knownOr(listener.project, null);
  return own !== null && theirs !== null && own.root === theirs.root;
};

/** Whether the program that wrote the message is the one that listens; a runtime is no program. */
const isSameProgram = ({ program }: InetListener, { message }: EndpointFacts): boolean =>
  isKnown(program) && isProper(program) && program.id === message?.ecosystem;

const isProper = ({ id, kind }: Program): boolean => id !== null && kind !== 'runtime';

const isBoundOnly = ({ state, inode }: InetSocket): boolean =>
  inode !== 0 && (state === 'bound-inactive' || state === 'close');

const closing: ReadonlySet<string> = new Set(['fin-wait-1', 'fin-wait-2', 'closing', 'last-ack']);

/** A FIN_WAIT_2 may be kept as briefly as a TIME_WAIT, without a process as well (tcp(7)). */
const isRemains = ({ state, inode }: InetSocket): boolean =>
  state === 'time-wait' || (inode === 0 && closing.has(state));

const isConnected = ({ inode, remote }: InetSocket): boolean => inode !== 0 && remote.port !== 0;
