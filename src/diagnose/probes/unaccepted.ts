import type { Host } from '../../host/host.ts';
import { sumOfQueues } from '../../model/accept-queue.ts';
import { covers } from '../../model/covers.ts';
import { isWildcard } from '../../model/scope.ts';
import type { AcceptQueue, InetSocket } from '../../model/socket.ts';
import { pause } from '../pause.ts';

/** How long connections may wait to be accepted, in ms: a server that is awake needs a fraction of it. */
export const acceptanceMs = 250;

const lookEveryMs = 25;

/**
 * Looks at the accept queue of what listens for connections to an address and port, until it is empty
 * or `acceptanceMs` have passed. null: all were accepted, or the queue can't be seen. An SO_REUSEPORT
 * group's queues count as one. Sends nothing. Rejects with the signal's reason alone.
 */
export const unacceptedQueue = async (
  host: Pick<Host, 'sockets'>,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<AcceptQueue | null> => {
  let queue = waitingOn(host, address, port);
  for (let waited = 0; queue !== null && waited < acceptanceMs; waited += lookEveryMs) {
    await pause(lookEveryMs, signal);
    queue = waitingOn(host, address, port);
  }
  return queue;
};

const waitingOn = (
  host: Pick<Host, 'sockets'>,
  address: string,
  port: number,
): AcceptQueue | null => {
  const listening = host
    .sockets({ unix: false, states: 'listening', otherNamespaces: false, localPort: port })
    .sockets.filter(
      (socket): socket is InetSocket =>
        socket.transport === 'tcp' && socket.state === 'listen' && socket.local.port === port,
    )
    .filter(({ local, v6only }) => covers({ address: local.address, v6only }, address));
  // Whoever has the very address gets its connections, whatever else has a wildcard.
  const specific = listening.filter(({ local }) => !isWildcard(local.address));
  const queue = sumOfQueues(
    (specific.length > 0 ? specific : listening).flatMap(({ acceptQueue }) => acceptQueue ?? []),
  );
  return queue === null || queue.length === 0 ? null : queue;
};
