import { isKnown } from '../../../model/known.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { describeProcess } from '../../describe-process.ts';
import type { EndpointFacts } from '../../facts.ts';
import { trialEvidence } from '../../holding-text.ts';
import { otherSockets } from '../../port-holding.ts';
import { setsReuseAddress } from '../../reuse-address.ts';
import { otherPort } from '../../stop-holder.ts';

/** A server closed its listener and waits for its connections to end: their ports are held. */
export const connectionsRemain: Check<EndpointFacts> = {
  id: 'connections-remain',
  title: 'no server that no longer listens still has connections there',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const { text, trial } = bindQuestion(facts);
    if (trial !== null && trial.plain === null) return notApplicable;
    if (trial?.reusing === null && setsReuseAddress(facts.message)) return notApplicable;
    const { accepted } = otherSockets(facts);
    const [first] = accepted;
    if (first === undefined) return pass(`no connection is left of a server on ${text}`);
    const { own, peer, state } = first;
    const { pid } = own;
    const who = isKnown(pid) ? describeProcess(pid, facts) : 'a program that may not be seen';
    return failed({
      id: 'connections-remain',
      severity: 'warning',
      title: `${who} no longer listens on ${text}, and still has ${count(accepted.length)} there`,
      evidence: [
        `the one with ${endpointText(peer.address, peer.port)} is ${state}`,
        ...trialEvidence(facts),
        ...(trial?.reusing === null
          ? ['connections are no obstacle to a server that sets SO_REUSEADDR before bind']
          : []),
      ],
      benignCauses: ['it is shutting down and lets its clients finish'],
      actions: [
        {
          label: 'see who is still connected, and end those clients or wait for them',
          command: `homeport explain ${facts.target.port}`,
        },
        otherPort(facts),
      ],
    });
  },
};

const count = (connections: number): string =>
  connections === 1 ? 'a connection' : `${connections} connections`;
