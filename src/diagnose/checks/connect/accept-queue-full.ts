import { isKnown, isUnknown } from '../../../model/known.ts';
import type { InetListener } from '../../../model/listener.ts';
import type { InetSocket } from '../../../model/socket.ts';
import { socketsOf } from '../../acceptors.ts';
import { answeringListeners } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, explainCommand, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { queueEvidence, waitingEvidence } from '../../waiting.ts';

/**
 * More connections wait than the backlog allows: the kernel drops what comes, or resets it where
 * tcp_abort_on_overflow is set (listen(2), sk_acceptq_is_full of include/net/sock.h).
 */
export const acceptQueueFull: Check<EndpointFacts> = {
  id: 'accept-queue-full',
  title: 'the accept queue has room',
  stage: 'accept-queue',
  explains: [...silences, 'connection-reset', 'connection-refused'],
  judge: (facts) => {
    const listeners = answeringListeners(facts).filter(({ transport }) => transport === 'tcp');
    if (listeners.length === 0) return notApplicable;
    const sockets = listeners.flatMap((listener) =>
      socketsOf(listener, facts).map((socket) => ({ listener, socket })),
    );
    const full = sockets.find(({ socket }) => isFull(socket));
    if (full !== undefined) return found(full.listener, full.socket, facts);
    const waiting = sockets.filter(({ socket }) => (socket.acceptQueue?.length ?? 0) > 0);
    return waiting.some(({ socket }) => isUnknown(socket.acceptQueue?.limit))
      ? couldNotCheck('connections wait, and the backlog could not be read')
      : pass(
          waiting.length === 0 ? 'no connection waits to be accepted' : 'fewer wait than may wait',
        );
  },
};

/** The kernel takes one more than listen(2) was told: full is longer than the limit. */
const isFull = ({ acceptQueue }: InetSocket): boolean =>
  acceptQueue !== null && isKnown(acceptQueue.limit) && acceptQueue.length > acceptQueue.limit;

const found = (listener: InetListener, { acceptQueue }: InetSocket, facts: EndpointFacts) => {
  const limit = acceptQueue !== null && isKnown(acceptQueue.limit) ? acceptQueue.limit : 0;
  const { network } = facts;
  const somaxconn = isKnown(network) ? network.longestAcceptQueue : null;
  const resets = isKnown(network) && network.abortOnOverflow === true;
  return failed({
    id: 'accept-queue-full',
    severity: 'critical',
    title: `${describeListener(listener)} on ${listenerEndpoint(listener)} does not accept, and its queue is full: ${resets ? 'the kernel resets' : 'the kernel drops'} new connections`,
    evidence: [
      ...queueEvidence(listener),
      ...waitingEvidence(listener, facts),
      ...(somaxconn !== null && isKnown(somaxconn)
        ? [`net.core.somaxconn allows ${somaxconn}`]
        : []),
    ],
    benignCauses: ['a burst of connections that is over in a moment'],
    actions: [
      {
        label: 'see what the program is and does',
        command: explainCommand(listener),
      },
      {
        label: 'see whether the queue moves',
        command: `homeport ls --watch ${listener.port}`,
      },
      ...(limit < smallBacklog
        ? [
            {
              label: `where it accepts but too slowly, call listen() with more than ${limit}`,
              command: null,
            },
          ]
        : []),
    ],
  });
};

/** A server for more than one client asks for at least so much. */
const smallBacklog = 16;
