import type { InetListener } from '../../../model/listener.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { type AnswerAt, answersOf } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, explainCommand, listenerEvidence } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { mistakenServers } from '../../failure-groups.ts';
import { isSameServer } from '../../same-server.ts';
import { nameOf } from '../../target-name.ts';

/** A name's addresses are answered by different programs: which one a client meets depends on the client. */
export const splitByFamily: Check<EndpointFacts> = {
  id: 'split-by-family',
  title: 'the same server answers on all addresses of the name',
  stage: 'listener',
  explains: [...mistakenServers, 'timeout', 'none'],
  judge: (facts) => {
    const answered = answersOf(facts).filter(isAnswered);
    const [first, ...others] = answered;
    if (first === undefined || others.length === 0) return notApplicable;
    const judged = others.map((other) => ({
      other,
      same: isSameServer(first.listener, other.listener),
    }));
    const stranger = judged.find(({ same }) => same === false);
    if (stranger !== undefined) return found(first, stranger.other, facts);
    return judged.some(({ same }) => same === null)
      ? couldNotCheck('which programs answer could not be read')
      : pass(`${describeListener(first.listener)} answers on all of them`);
  },
};

type Answered = AnswerAt & { readonly listener: InetListener };

const isAnswered = (answer: AnswerAt): answer is Answered => answer.listener !== null;

const found = (first: Answered, other: Answered, facts: EndpointFacts) => {
  const { port } = facts.target;
  const at = ({ address }: Answered): string => endpointText(address, port);
  return failed({
    id: 'split-by-family',
    severity: 'warning',
    title: `two programs share ${nameOf(facts) ?? 'the port'}: ${describeListener(first.listener)} answers on ${at(first)}, ${describeListener(other.listener)} on ${at(other)}`,
    evidence: [
      ...listenerEvidence(first.listener),
      ...listenerEvidence(other.listener),
      `clients try ${facts.addresses.join(', then ')}; some begin with the other family`,
    ],
    actions: [
      { label: `see who has ${at(first)}`, command: explainCommand(first.listener) },
      { label: `see who has ${at(other)}`, command: explainCommand(other.listener) },
      {
        label: `ask by address, ${at(first)} or ${at(other)}, for the one that is meant`,
        command: null,
      },
    ],
  });
};
