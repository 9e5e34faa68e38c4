import { knownOr } from '../../../model/known.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, pass } from '../../check-result.ts';
import { programName } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { describeHolders, heldEndpoint, holdingEvidence } from '../../holding-text.ts';
import { type Holding, holdingsOfKind, isSameProject } from '../../port-holding.ts';
import { holderActions } from '../../stop-holder.ts';

/** What is started runs already: in another terminal, or left over from before. */
export const sameProgramTwice: Check<EndpointFacts> = {
  id: 'same-program-twice',
  title: 'the same program does not run already',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const holdings = holdingsOfKind(facts, 'same-program');
    const [first] = holdings;
    return first === undefined
      ? pass(`no other instance of what was started has ${bindQuestion(facts).text}`)
      : found(first, holdings, facts);
  },
};

const found = ({ listener }: Holding, all: readonly Holding[], facts: EndpointFacts) => {
  const why = isSameProject(listener, facts)
    ? 'an earlier instance of this very project still runs'
    : `${programName(listener) ?? 'the program'} runs already`;
  const { who, verb } = describeHolders(listener, facts);
  return failed({
    id: 'same-program-twice',
    severity: 'warning',
    title: `${who} already ${verb} on ${heldEndpoint(listener)}: ${why}`,
    evidence: [...holdingEvidence(all, facts), ...asker(facts)],
    benignCauses: ['it is meant to run, and does not have to be started again'],
    actions: holderActions(
      all.map((one) => one.listener),
      facts,
    ),
  });
};

const asker = ({ askersProject }: EndpointFacts): readonly string[] => {
  const own = askersProject === null ? null : knownOr(askersProject, null);
  return own === null ? [] : [`Homeport was asked from the project in ${own.root}`];
};
