import { pairConnections } from '../explain/connections.ts';
import { namesUnix, parseFilter } from '../explain/filter.ts';
import { type Judgement, judgeProcesses } from '../explain/judgement.ts';
import { judgeListeners } from '../explain/listeners.ts';
import { nobodySeen } from '../explain/owners.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { takeSnapshot } from '../host/snapshot.ts';
import type { Connection } from '../model/connection.ts';
import { type Known, knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import type { Problem } from '../model/problem.ts';
import type { Process } from '../model/process.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Holder, Snapshot } from '../model/snapshot.ts';
import type { Socket } from '../model/socket.ts';
import type { ListListenersInput } from './list-listeners.schema.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** A listener, with what it speaks where that was asked. */
export type ListedListener = Listener & { readonly protocol?: Protocol };

/** A kernel socket with every process that holds it. */
export type HeldSocket = Socket & { readonly holders: Known<readonly Holder[]> };

/** What `homeport ls` answers. */
export type ListenerList = {
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly listeners: readonly ListedListener[];
  /** With `all`: every connection, both ends in one row. */
  readonly connections?: readonly Connection[];
  /** With `all`: every kernel socket, one row each. */
  readonly sockets?: readonly HeldSocket[];
  readonly problems: readonly Problem[];
};

/**
 * Lists everything that listens on this machine, or what a filter leaves of it. Passive: nothing is
 * probed without `probe`. Throws invalid input for a filter that can't be right.
 */
export const listListeners = async (
  context: OperationContext,
  input: ListListenersInput,
): Promise<ListenerList> => {
  const words = input.filters ?? [];
  const isWanted = parseFilter(words);
  const all = input.all ?? false;
  const unix = all || namesUnix(words);
  const snapshot =
    context.snapshot === undefined ? await readMachine(context, all, unix) : context.snapshot;
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  const listeners = judgeListeners(judgement).filter(
    (listener) => (unix || listener.transport !== 'unix') && isWanted(listener),
  );
  return {
    takenAt: snapshot.takenAt,
    listeners:
      input.probe === true ? await withProtocols(context, judgement, listeners) : listeners,
    ...(all ? everything(judgement, words.length > 0, listeners) : {}),
    problems: [...snapshot.problems, ...judgement.problems],
  };
};

const readMachine = (context: LiveContext, all: boolean, unix: boolean): Promise<Snapshot> =>
  takeSnapshot(
    context.host,
    {
      states: all ? 'all' : 'connected',
      unix,
      otherNamespaces: true,
      holdersOf: all ? 'all' : 'listening',
    },
    context.signal,
    context.now,
  );

/** With a filter, connections and sockets of the listeners that it left. */
const everything = (
  judgement: Judgement,
  filtered: boolean,
  listeners: readonly Listener[],
): Pick<ListenerList, 'connections' | 'sockets'> => {
  const sockets = judgement.index.snapshot.sockets.map((socket) => held(socket, judgement));
  const connections = pairConnections(judgement);
  if (!filtered) return { connections, sockets };
  const ports = new Set(
    listeners.flatMap((one) => (one.transport === 'unix' ? [] : [`${one.transport} ${one.port}`])),
  );
  const inodes = new Set(listeners.flatMap((one) => one.sockets.map(({ inode }) => inode)));
  return {
    connections: connections.filter((one) => ports.has(`${one.transport} ${one.server.port}`)),
    sockets: sockets.filter(
      (socket) =>
        inodes.has(socket.inode) ||
        (socket.transport !== 'unix' && ports.has(`${socket.transport} ${socket.local.port}`)),
    ),
  };
};

const held = (socket: Socket, judgement: Judgement): HeldSocket => {
  const holders = judgement.index.holders(socket.inode);
  return { ...socket, holders: holders.length > 0 ? holders : nobodySeen([socket], judgement) };
};

const withProtocols = async (
  context: OperationContext,
  judgement: Judgement,
  listeners: readonly Listener[],
): Promise<readonly ListedListener[]> => {
  const { askListener } = await import('./ask-protocol.ts');
  const answers: ListedListener[] = [];
  const waiting = [...listeners.entries()];
  const ask = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, listener] = next;
      const process = ownerOf(listener, judgement);
      answers[at] = { ...listener, protocol: await askListener(context, listener, process, null) };
    }
  };
  await Promise.all(Array.from({ length: probesAtOnce }, ask));
  return answers;
};

const ownerOf = (listener: Listener, judgement: Judgement): Process | null => {
  const pid = knownOr(listener.owners, [])[0]?.pid;
  return pid === undefined ? null : judgement.index.process(pid);
};

const probesAtOnce = 8;
