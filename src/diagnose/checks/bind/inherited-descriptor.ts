import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, pass } from '../../check-result.ts';
import { describeListener } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { heldEndpoint, holdingEvidence } from '../../holding-text.ts';
import { inheritedSocket } from '../../inherited-socket.ts';
import { type Holding, holdingsOfKind } from '../../port-holding.ts';
import { holderActions } from '../../stop-holder.ts';

/** A socket stays open while any process has it: children get it at fork(2), and keep it at execve(2). */
export const inheritedDescriptor: Check<EndpointFacts> = {
  id: 'inherited-descriptor',
  title: 'no child of a program that ended holds the port',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const [holding] = holdingsOfKind(facts, 'inherited');
    return holding === undefined
      ? pass(`nobody holds ${bindQuestion(facts).text} as what a program that ended left behind`)
      : found(holding, facts);
  },
};

const found = (holding: Holding, facts: EndpointFacts) => {
  const { listener } = holding;
  return failed({
    id: 'inherited-descriptor',
    severity: 'warning',
    title: `${describeListener(listener)} still holds ${heldEndpoint(listener)}, which it inherited: the program that opened it no longer has it`,
    evidence: [
      ...(inheritedSocket(listener, facts.snapshot) ?? []),
      ...holdingEvidence([holding], facts),
    ],
    benignCauses: ['the child was started on purpose to outlive the server'],
    actions: holderActions([listener], facts),
  });
};
