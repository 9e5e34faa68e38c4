import type { InetListener } from '../../../model/listener.ts';
import type { Process } from '../../../model/process.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { acceptors, type Stuck, stuckSockets } from '../../acceptors.ts';
import { answeringListeners } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { isWaitedFor, queueEvidence, stoppedTitle } from '../../waiting.ts';

/**
 * The share of one core from which on a process computes all the time: as the kernel counts by ticks,
 * a tenth is lost. Where it shares the core with others it gets less, and is always ready to run.
 */
const wholeCore = 0.85;
const halfCore = 0.4;

/** The server computes without a pause and does not come to accept: an endless loop, or long work. */
export const processBusy: Check<EndpointFacts> = {
  id: 'process-busy',
  title: 'the process that accepts has time to',
  stage: 'accept-queue',
  explains: silences,
  judge: (facts) => {
    const listeners = answeringListeners(facts);
    if (listeners.length === 0) return notApplicable;
    const waited = listeners.filter((one) => isWaitedFor(one, facts));
    if (waited.length === 0) return pass('no connection waits');
    const shares = facts.processorShares;
    const isBusy = ({ pid, state }: Process): boolean =>
      (shares[pid] ?? 0) >= (state === 'R' ? halfCore : wholeCore);
    for (const listener of waited) {
      const busy = stuckSockets(listener, facts, isBusy, true);
      if (busy !== null) return found(listener, busy, facts);
    }
    const seen = waited.flatMap((one) => acceptors(one, facts));
    return seen.some(({ pid }) => shares[pid] !== undefined)
      ? pass('it does not use a whole core')
      : couldNotCheck('how busy the process is was not watched');
  },
};

const found = (
  listener: InetListener,
  { processes: busy, partly }: Stuck,
  { processorShares }: EndpointFacts,
) => {
  const [first] = busy;
  return failed({
    id: 'process-busy',
    severity: 'warning',
    title: stoppedTitle(
      `${describeListener(listener)} on ${listenerEndpoint(listener)} computes without a pause`,
      { partly },
    ),
    evidence: [
      ...busy.map(
        ({ pid, comm, threads }) =>
          `${comm} (pid ${pid}, ${threads} ${threads === 1 ? 'thread' : 'threads'}) used ${Math.round((processorShares[pid] ?? 0) * 100)} % of a core while it was watched`,
      ),
      ...queueEvidence(listener),
    ],
    benignCauses: ['it builds or starts, and answers when that is done'],
    actions:
      first === undefined
        ? []
        : [
            {
              label: 'see which of its threads it is',
              command: shellCommand('top', '-H', '-b', '-n', '1', '-p', `${first.pid}`),
            },
            {
              label: 'see why it runs, and its log',
              command: shellCommand('homeport', 'explain', `pid:${first.pid}`),
            },
          ],
  });
};
