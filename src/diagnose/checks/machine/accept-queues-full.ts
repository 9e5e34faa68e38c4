import { isUnknown } from '../../../model/known.ts';
import type { Listener } from '../../../model/listener.ts';
import type { AcceptQueue } from '../../../model/socket.ts';
import { couldNotCheck, type Found, failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import { concernedBy } from '../../concerned.ts';
import { describeListenerAt, explainCommand, ownerOf } from '../../describe-listener.ts';
import type { MachineFacts } from '../../facts.ts';

/**
 * listen(2): with more connections waiting than the backlog the kernel drops what comes. Which of
 * them an endpoint's failure is due to is told where that endpoint's listener is looked at.
 */
export const acceptQueuesFull: Check<MachineFacts> = {
  id: 'accept-queues-full',
  title: 'no server’s accept queue is full',
  stage: 'accept-queue',
  explains: [],
  consequenceOf: ['accept-queue-full', 'not-accepting', 'processes-stopped'],
  judge: (facts) => {
    const queues = waitingAt(facts);
    const full = queues.flatMap(({ listener, queue }) => overflow(listener, queue));
    if (full.length > 0) return failed(...full);
    const unread = queues.some(({ queue }) => queue.length > 0 && isUnknown(queue.limit));
    if (unread) return couldNotCheck('connections wait, and how many may could not be read');
    return queues.length === 0
      ? notApplicable
      : pass(`none of ${queues.length} accept queues is full`);
  },
};

type Waiting = { readonly listener: Listener; readonly queue: AcceptQueue };

/** Each socket of an SO_REUSEPORT group has its own queue; other network namespaces are other machines. */
const waitingAt = ({ snapshot, listeners }: MachineFacts): readonly Waiting[] => {
  const byInode = new Map(
    listeners
      .filter(({ namespace }) => namespace === 'this')
      .flatMap((listener) => listener.sockets.map(({ inode }) => [inode, listener] as const)),
  );
  return snapshot.sockets.flatMap(({ acceptQueue, inode }) => {
    const listener = byInode.get(inode);
    return acceptQueue === null || listener === undefined ? [] : [{ listener, queue: acceptQueue }];
  });
};

/** The kernel takes one more than the backlog (`sk_acceptq_is_full`). */
const overflow = (listener: Listener, { length, limit }: AcceptQueue): readonly Found[] =>
  isUnknown(limit) || length <= limit ? [] : [found(listener, length, limit)];

const found = (listener: Listener, length: number, limit: number): Found => {
  const owner = ownerOf(listener);
  return {
    id: 'accept-queues-full',
    severity: 'critical',
    title: `${describeListenerAt(listener)} does not accept: its queue is full, and new connections time out`,
    evidence: [`${length} connections wait to be accepted, the backlog is ${limit}`],
    benignCauses: [
      'a burst of connections that is over in a moment',
      'it stands still in a debugger',
    ],
    actions: [
      { label: 'see what it is doing', command: explainCommand(listener) },
      ...(owner === null
        ? []
        : [{ label: 'see where it waits', command: `ps -o stat,wchan:32 -p ${owner.pid}` }]),
    ],
    concerns: concernedBy(listener),
  };
};
