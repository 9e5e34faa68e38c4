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
 * The server's main thread has ended, and another keeps its socket open (proc(5), state Z), which may
 * accept all the same.
 */
export const processZombie: Check<EndpointFacts> = {
  id: 'process-zombie',
  title: 'the process that accepts has not ended',
  stage: 'accept-queue',
  explains: [...silences, 'connection-reset'],
  judge: (facts) => {
    const listeners = answeringListeners(facts);
    if (listeners.length === 0) return notApplicable;
    for (const listener of listeners.filter((one) => !isTakenUp(one, facts))) {
      const stuck = stuckSockets(
        listener,
        facts,
        ({ state }) => state === 'Z' || state === 'X',
        isWaitedFor(listener, facts),
      );
      if (stuck !== null) return found(listener, stuck);
    }
    return listeners.every((one) => acceptors(one, facts).length === 0)
      ? couldNotCheck('the process that accepts may not be seen')
      : pass('the process that accepts runs');
  },
};

const found = (listener: InetListener, stuck: Stuck) => {
  const [first] = stuck.processes;
  return failed({
    id: 'process-zombie',
    severity: 'warning',
    title: stoppedTitle(
      `${describeListener(listener)} on ${listenerEndpoint(listener)} has ended but for its sockets`,
      stuck,
    ),
    evidence: [
      ...stuck.processes.map(
        ({ pid, comm, state, threads, ppid }) =>
          `${comm} (pid ${pid}) is in state ${state} (proc(5)) with ${threads} threads; its parent is ${ppid}`,
      ),
      ...queueEvidence(listener),
    ],
    benignCauses: ['it is just ending', 'its main thread has ended on purpose and others go on'],
    actions:
      first === undefined
        ? []
        : [
            {
              label: 'see its parent, which has not collected it',
              command: shellCommand('homeport', 'explain', `pid:${first.ppid}`),
            },
            {
              label: 'see which of its threads are left',
              command: shellCommand(
                'ps',
                '-L',
                '-p',
                `${first.pid}`,
                '-o',
                'pid,lwp,stat,wchan,comm',
              ),
            },
          ],
  });
};
