import { knownOr } from '../../../model/known.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, pass } from '../../check-result.ts';
import { describeListener, listenerEndpoint, programName } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { holdingEvidence } from '../../holding-text.ts';
import { type Holding, holdingsOfKind, isSameProject } from '../../port-holding.ts';
import { holderActions } from '../../stop-holder.ts';

/** What is started runs already: in another terminal, or left over from before. */
export const sameProgramTwice: Check<EndpointFacts> = {
  id: 'same-program-twice',
  title: 'the same program does not run already',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const [holding] = holdingsOfKind(facts, 'same-program');
    return holding === undefined
      ? pass(`no other instance of what was started has ${bindQuestion(facts).text}`)
      : found(holding, facts);
  },
};

const found = (holding: Holding, facts: EndpointFacts) => {
  const { listener } = holding;
  const project = isSameProject(listener, facts);
  const why = project
    ? 'an earlier instance of this very project still runs'
    : `${programName(listener) ?? 'the program'} runs already`;
  return failed({
    id: 'same-program-twice',
    severity: 'warning',
    title: `${describeListener(listener)} already listens on ${listenerEndpoint(listener)}: ${why}`,
    evidence: [...holdingEvidence(holding, facts), ...leftover(holding, facts)],
    benignCauses: ['it is meant to run, and does not have to be started again'],
    actions: holderActions(listener, facts),
  });
};

/** Nobody has it in a terminal any more: its parent ended without it. */
const leftover = ({ listener }: Holding, { askersProject }: EndpointFacts): readonly string[] => {
  const own = askersProject === null ? null : knownOr(askersProject, null);
  return [
    ...(own === null ? [] : [`Homeport was asked from the project in ${own.root}`]),
    ...(knownOr(listener.origin, null)?.id === 'orphan'
      ? ['the program that started it has ended, and left it running']
      : []),
  ];
};
