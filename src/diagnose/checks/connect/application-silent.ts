import type { Action, CheckResult } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { acceptors } from '../../acceptors.ts';
import { answeringListeners } from '../../answering.ts';
import { answererAt } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { explainCommand } from '../../describe-listener.ts';
import { describeProcess } from '../../describe-process.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { upstreamEvidence } from '../../upstreams.ts';
import { isUnaccepted } from '../../waiting.ts';

/** The server takes the connection up, and what is asked of it gets no answer. */
export const applicationSilent: Check<EndpointFacts> = {
  id: 'application-silent',
  title: 'who accepts a request answers it',
  stage: 'application',
  explains: silences,
  judge: (facts) => {
    const { application } = facts;
    if (isUnaccepted(facts)) return notApplicable;
    if (application?.unanswered === 'silent') {
      return found(facts, `GET ${facts.path ?? '/'}: ${whyOf(application)}`);
    }
    if (isMute(facts))
      return found(facts, 'no handshake that Homeport knows got a word of an answer');
    return application !== null && isKnown(application.value)
      ? pass(`it answered after ${Math.round(application.durationMs)} ms`)
      : notApplicable;
  },
};

const whyOf = ({ value }: NonNullable<EndpointFacts['application']>): string =>
  isKnown(value) ? 'it answered' : (value.why ?? value.unknown);

/** A server may be silent to all but its own protocol: it counts where an answer was awaited. */
const isMute = ({ protocol: { value }, symptom, met = symptom }: EndpointFacts): boolean =>
  value.status === 'unrecognised' &&
  value.conduct === 'silent' &&
  (symptom.class === 'timeout' || met.class === 'timeout');

const found = (facts: EndpointFacts, silence: string): CheckResult => {
  const [waits] = waitingUpstreams(facts);
  return failed({
    id: 'application-silent',
    severity: 'warning',
    title: `${answererAt(facts)} accepts a request and does not answer it${waits === undefined ? '' : `: it waits for ${waits} itself`}`,
    evidence: [silence, ...busyEvidence(facts), ...upstreamEvidence(facts)],
    benignCauses: [
      'it compiles what is asked for first, as dev servers do: the next request is faster',
      'it waits for a database or another server, or for a free worker or a free connection of its pool',
    ],
    actions: actionsOf(facts, waits ?? null),
  });
};

const pidsOf = (facts: EndpointFacts): ReadonlySet<number> =>
  new Set(facts.answering.flatMap((one) => knownOr(one.owners, []).map(({ pid }) => pid)));

/** Endpoints that the processes behind it are connecting to, and that have not answered yet. */
const waitingUpstreams = (facts: EndpointFacts): readonly string[] => {
  const pids = pidsOf(facts);
  const all = facts.connections
    .filter(
      ({ client, state }) => state === 'syn-sent' && isKnown(client.pid) && pids.has(client.pid),
    )
    .map(({ server }) => endpointText(server.address, server.port));
  return [...new Set(all)];
};

const busyEvidence = (facts: EndpointFacts): readonly string[] =>
  answeringListeners(facts)
    .flatMap((one) => acceptors(one, facts))
    .flatMap(({ pid }) => {
      const share = facts.processorShares[pid];
      return share === undefined
        ? []
        : [
            `${describeProcess(pid, facts)} used ${Math.round(share * 100)} % of a core while it was watched`,
          ];
    });

const actionsOf = (facts: EndpointFacts, waits: string | null): readonly Action[] => [
  ...(waits === null
    ? []
    : [
        {
          label: `see why ${waits} does not answer it`,
          command: shellCommand('homeport', 'why', waits),
        },
      ]),
  ...facts.answering.slice(0, 1).map((listener) => ({
    label: 'see what it is connected to and why it runs; its log says what it does',
    command: explainCommand(listener),
  })),
  ...answeringListeners(facts)
    .flatMap((one) => acceptors(one, facts))
    .slice(0, 1)
    .map(({ pid }) => ({
      label: 'see what its threads wait for',
      command: shellCommand('ps', '-L', '-p', `${pid}`, '-o', 'pid,lwp,stat,wchan:32,comm'),
    })),
];
