import type { InetListener } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { acceptors, type Stuck, stuckSockets } from '../../acceptors.ts';
import { answeringListeners } from '../../answering.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { isWaitedFor, queueEvidence, stoppedTitle } from '../../waiting.ts';

/** The server waits inside the kernel, where no signal reaches it: for a disk, a network drive, a child. */
export const processBlocked: Check<EndpointFacts> = {
  id: 'process-blocked',
  title: 'the process that accepts does not wait inside the kernel',
  stage: 'accept-queue',
  explains: silences,
  judge: (facts) => {
    const listeners = answeringListeners(facts);
    if (listeners.length === 0) return notApplicable;
    const waited = listeners.filter((one) => isWaitedFor(one, facts));
    for (const listener of waited) {
      const stuck = stuckSockets(listener, facts, ({ state }) => state === 'D', true);
      if (stuck !== null) return found(listener, stuck);
    }
    return listeners.every((one) => acceptors(one, facts).length === 0)
      ? couldNotCheck('the process that accepts may not be seen')
      : pass(waited.length === 0 ? 'no connection waits' : 'it does not wait inside the kernel');
  },
};

const found = (listener: InetListener, stuck: Stuck) => {
  const [first] = stuck.processes;
  return failed({
    id: 'process-blocked',
    severity: 'warning',
    title: stoppedTitle(
      `${describeListener(listener)} on ${listenerEndpoint(listener)} waits inside the kernel`,
      stuck,
    ),
    evidence: [
      ...stuck.processes.map(
        ({ pid, comm }) => `${comm} (pid ${pid}) is in state D (proc(5)): uninterruptible sleep`,
      ),
      ...queueEvidence(listener),
    ],
    benignCauses: ['a slow disk or network drive that will answer in a moment'],
    actions:
      first === undefined
        ? []
        : [
            {
              label: 'see what it waits for (the kernel function it sleeps in)',
              command: shellCommand(
                'ps',
                '-L',
                '-p',
                `${first.pid}`,
                '-o',
                'pid,lwp,stat,wchan:32,comm',
              ),
            },
            {
              label: 'see where in the kernel it stands',
              ...byRoot('cat', `/proc/${first.pid}/stack`),
            },
          ],
  });
};
