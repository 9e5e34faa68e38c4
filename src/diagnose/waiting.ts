import { knownOr } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { InetSocket } from '../model/socket.ts';
import type { EndpointFacts } from './facts.ts';

/** Whether a connection that Homeport made was not accepted while it waited for that. */
export const isUnaccepted = (facts: EndpointFacts): boolean => {
  const { symptom, attempts, answering } = facts;
  if (attempts[0]?.outcome !== 'connected') return false;
  const waiting = answering[0]?.queue?.length ?? 0;
  if (hasShownItself(facts, waiting)) return false;
  if (symptom.class === 'timeout' && symptom.from === 'attempt') return true;
  return isSilent(facts) && waiting > 0;
};

/** Whoever was asked for a page, or has shown how it behaves, has taken a connection up. */
const hasShownItself = ({ application, protocol }: EndpointFacts, waiting: number): boolean => {
  const { value } = protocol;
  const isMute = value.status === 'unrecognised' && value.conduct !== undefined;
  return application !== null || (isMute && waiting === 0);
};

/** Whether Homeport connected and saw its connection accepted, whatever became of it then. */
export const isTakenUp = (listener: InetListener, facts: EndpointFacts): boolean =>
  facts.attempts.some(({ outcome }) => outcome === 'connected') &&
  (listener.queue?.length ?? 0) === 0 &&
  !isUnaccepted(facts);

/** Whether a connection was made and no handshake got a word of an answer. */
export const isSilent = ({ attempts, protocol }: EndpointFacts): boolean =>
  protocol.value.status === 'unrecognised' &&
  protocol.value.conduct !== 'answered' &&
  attempts.some(({ outcome }) => outcome === 'connected');

/** Whether anything shows that connections to a listener wait, or are not answered. */
export const isWaitedFor = (listener: InetListener, facts: EndpointFacts): boolean =>
  (listener.queue?.length ?? 0) > 0 || isUnaccepted(facts) || isSilent(facts);

/**
 * How long the connections have waited that nobody has accepted yet, in ms, longest first: the time
 * since their last data, or since they were made. Those are left out that were not counted.
 */
export const waitingTimes = (
  listener: InetListener,
  { snapshot }: EndpointFacts,
): readonly number[] =>
  snapshot.sockets
    .filter((socket): socket is InetSocket => isWaiting(socket, listener))
    .flatMap(({ tcpInfo }) => knownOr(tcpInfo, null)?.lastDataReceivedMs ?? [])
    .toSorted((a, b) => b - a);

/** No process has a descriptor of a connection before it is accepted (listen(2)): its inode is 0. */
const isWaiting = (
  socket: EndpointFacts['snapshot']['sockets'][number],
  { port, family, namespace }: InetListener,
): boolean =>
  socket.transport === 'tcp' &&
  socket.inode === 0 &&
  (socket.state === 'established' || socket.state === 'close-wait') &&
  socket.local.port === port &&
  socket.family === family &&
  socket.namespace === namespace;

/** Whether no connection more goes in: the kernel takes one more than listen(2) was told (sk_acceptq_is_full). */
export const isQueueFull = ({ queue }: Pick<InetListener, 'queue'>): boolean =>
  queue !== null && queue.length > knownOr(queue.limit, Infinity);

/** The line that tells how full a listener's accept queue is; none where it was not read. */
export const queueEvidence = ({ queue }: InetListener): readonly string[] => {
  if (queue === null) return [];
  const limit = knownOr(queue.limit, null);
  const waits = queue.length === 1 ? 'connection waits' : 'connections wait';
  const backlog = limit === null ? '' : `; the backlog is ${limit}`;
  return [`${queue.length} ${waits} to be accepted${backlog}`];
};

/** The line that tells how long the connections in the queue have waited; none where it was not counted. */
export const waitingEvidence = (
  listener: InetListener,
  facts: EndpointFacts,
): readonly string[] => {
  const [longest] = waitingTimes(listener, facts);
  return longest === undefined
    ? []
    : [
        `the oldest of them has waited ${(longest / 1000).toFixed(1)} s without a word from its client`,
      ];
};

/** What follows from sockets that nobody takes connections from, as the end of a sentence. */
export const stoppedTitle = (what: string, { partly }: { readonly partly: boolean }): string =>
  partly
    ? `${what}: connections that come to its part of the group are made, and nobody takes them up`
    : `${what}: connections are made, and nobody takes them up`;
