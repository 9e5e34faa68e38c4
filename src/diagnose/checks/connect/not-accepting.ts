import type { InetListener } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { acceptors } from '../../acceptors.ts';
import { answeringListeners } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, explainCommand, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import {
  isQueueFull,
  isUnaccepted,
  queueEvidence,
  waitingEvidence,
  waitingTimes,
} from '../../waiting.ts';

/** A program that is awake accepts within this time, in ms. */
const patienceMs = 1_000;

/** Connections wait to be accepted, and nothing tells why the program does not come to it. */
export const notAccepting: Check<EndpointFacts> = {
  id: 'not-accepting',
  title: 'the program that listens accepts',
  stage: 'accept-queue',
  explains: [...silences, 'connection-reset'],
  judge: (facts) => {
    const listeners = answeringListeners(facts).filter(({ transport }) => transport === 'tcp');
    if (listeners.length === 0) return notApplicable;
    const idle = listeners.find((one) => isIdle(one, facts));
    if (idle === undefined) return pass('no connection waits for long');
    return isToldOtherwise(idle, facts) ? notApplicable : found(idle, facts);
  },
};

const isIdle = (listener: InetListener, facts: EndpointFacts): boolean =>
  isUnaccepted(facts) ||
  ((listener.queue?.length ?? 0) > 0 &&
    waitingTimes(listener, facts).some((time) => time >= patienceMs));

/** A full queue, or a process that can't run, says more: it has a check of its own. */
const isToldOtherwise = (listener: InetListener, facts: EndpointFacts): boolean => {
  const processes = acceptors(listener, facts);
  const ended = processes.filter(({ state }) => ['T', 't', 'Z', 'X'].includes(state));
  return isQueueFull(listener) || (processes.length > 0 && ended.length === processes.length);
};

const found = (listener: InetListener, facts: EndpointFacts) => {
  const processes = acceptors(listener, facts);
  const [first] = processes;
  return failed({
    id: 'not-accepting',
    severity: 'warning',
    title: `${describeListener(listener)} listens on ${listenerEndpoint(listener)} but does not accept: connections are made and wait`,
    evidence: [
      ...queueEvidence(listener),
      ...waitingEvidence(listener, facts),
      ...(isUnaccepted(facts) ? ['a connection that Homeport made was not accepted'] : []),
      ...processes.map(
        ({ pid, comm, state }) =>
          `${comm} (pid ${pid}) should call accept(2); it is in state ${state}`,
      ),
    ],
    benignCauses: [
      'it is still starting, or does one long task at a time',
      'it takes no more connections than it has workers for',
    ],
    actions: [
      { label: 'see what the program is, and its log', command: explainCommand(listener) },
      ...(first === undefined
        ? []
        : [
            {
              label: 'see what its threads wait for',
              command: shellCommand(
                'ps',
                '-L',
                '-p',
                `${first.pid}`,
                '-o',
                'pid,lwp,stat,wchan:32,comm',
              ),
            },
          ]),
    ],
  });
};
