import type { Host } from '../../host/host.ts';
import type { AcceptQueue, InetSocket } from '../../model/socket.ts';

/** How long connections may wait to be accepted, in ms: a server that is awake needs a fraction of it. */
export const acceptanceMs = 250;

const lookEveryMs = 25;

/**
 * Looks at the accept queues of what listens on a TCP port, after connections were made to it, until
 * they are empty or `acceptanceMs` have passed. Tells the first that is not; null: all were accepted,
 * or the queues can't be seen. Sends nothing. Rejects with the signal's reason alone.
 */
export const unacceptedQueue = async (
  host: Pick<Host, 'sockets'>,
  port: number,
  signal: AbortSignal,
): Promise<AcceptQueue | null> => {
  let queue = waitingOn(host, port);
  for (let waited = 0; queue !== null && waited < acceptanceMs; waited += lookEveryMs) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    signal.throwIfAborted();
    queue = waitingOn(host, port);
  }
  return queue;
};

const waitingOn = (host: Pick<Host, 'sockets'>, port: number): AcceptQueue | null => {
  const listening = host
    .sockets({ unix: false, states: 'listening', otherNamespaces: false, localPort: port })
    .sockets.filter(
      (socket): socket is InetSocket =>
        socket.transport === 'tcp' && socket.state === 'listen' && socket.local.port === port,
    );
  const queues = listening.flatMap(({ acceptQueue }) => acceptQueue ?? []);
  return queues.find(({ length }) => length > 0) ?? null;
};
