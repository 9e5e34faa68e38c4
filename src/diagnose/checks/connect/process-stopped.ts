import type { InetListener } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { acceptors, type Stuck, stuckSockets } from '../../acceptors.ts';
import { answeringListeners } from '../../answering.ts';
import { byOwner } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { isWaitedFor, queueEvidence, stoppedTitle } from '../../waiting.ts';

/** The server is stopped by a signal: the kernel makes connections for it, and it takes none up. */
export const processStopped: Check<EndpointFacts> = {
  id: 'process-stopped',
  title: 'the process that accepts is not stopped',
  stage: 'accept-queue',
  explains: silences,
  judge: (facts) => {
    const listeners = answeringListeners(facts);
    if (listeners.length === 0) return notApplicable;
    for (const listener of listeners) {
      const stuck = stuckSockets(
        listener,
        facts,
        ({ state }) => state === 'T',
        isWaitedFor(listener, facts),
      );
      if (stuck !== null) return found(listener, stuck, facts);
    }
    return listeners.every((one) => acceptors(one, facts).length === 0)
      ? couldNotCheck('the process that accepts may not be seen')
      : pass('the process that accepts is not stopped');
  },
};

const found = (listener: InetListener, stuck: Stuck, facts: EndpointFacts) => {
  const [first] = stuck.processes;
  return failed({
    id: 'process-stopped',
    severity: 'warning',
    title: stoppedTitle(
      `${describeListener(listener)} on ${listenerEndpoint(listener)} is stopped`,
      stuck,
    ),
    evidence: [
      ...stuck.processes.map(
        ({ pid, comm }) => `${comm} (pid ${pid}) is in state T (proc(5)): stopped by a signal`,
      ),
      ...queueEvidence(listener),
    ],
    benignCauses: ['Ctrl-Z was pressed in its terminal', 'somebody paused it on purpose'],
    actions:
      first === undefined
        ? []
        : [
            {
              label: 'let it go on (or type fg in its terminal)',
              ...byOwner(
                first,
                facts,
                'kill',
                '-CONT',
                ...stuck.processes.map(({ pid }) => `${pid}`),
              ),
              changes: 'the process runs on and answers what has waited',
            },
            {
              label: 'see why it runs, and where its terminal is',
              command: shellCommand('homeport', 'explain', `pid:${first.pid}`),
            },
          ],
  });
};
