import type { InetListener } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { acceptors, type Stuck, stuckSockets } from '../../acceptors.ts';
import { answeringListeners } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { isTakenUp, isWaitedFor, queueEvidence, stoppedTitle } from '../../waiting.ts';

/**
 * A debugger holds the server still: at a breakpoint, or since it was attached. Where it holds one
 * thread alone, another may accept.
 */
export const processTraced: Check<EndpointFacts> = {
  id: 'process-traced',
  title: 'no debugger holds the process that accepts',
  stage: 'accept-queue',
  explains: silences,
  judge: (facts) => {
    const listeners = answeringListeners(facts);
    if (listeners.length === 0) return notApplicable;
    for (const listener of listeners.filter((one) => !isTakenUp(one, facts))) {
      const stuck = stuckSockets(
        listener,
        facts,
        ({ state }) => state === 't',
        isWaitedFor(listener, facts),
      );
      if (stuck !== null) return found(listener, stuck);
    }
    return listeners.every((one) => acceptors(one, facts).length === 0)
      ? couldNotCheck('the process that accepts may not be seen')
      : pass('no debugger holds the process that accepts');
  },
};

const found = (listener: InetListener, stuck: Stuck) => {
  const [first] = stuck.processes;
  return failed({
    id: 'process-traced',
    severity: 'warning',
    title: stoppedTitle(
      `a debugger holds ${describeListener(listener)} on ${listenerEndpoint(listener)}`,
      stuck,
    ),
    evidence: [
      ...stuck.processes.map(
        ({ pid, comm }) =>
          `${comm} (pid ${pid}) is in state t (proc(5)): stopped while it is traced`,
      ),
      ...queueEvidence(listener),
    ],
    benignCauses: ['it stands at a breakpoint that somebody has set'],
    actions:
      first === undefined
        ? []
        : [
            {
              label: 'see which process traces it (0: none any more)',
              command: shellCommand('grep', 'TracerPid', `/proc/${first.pid}/status`),
            },
            {
              label: 'tell the debugger to continue, or end it: a debugger that ends lets go',
              command: null,
            },
          ],
  });
};
