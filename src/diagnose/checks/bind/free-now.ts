import { isKnown } from '../../../model/known.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { trialEvidence } from '../../holding-text.ts';
import { setsReuseAddress } from '../../reuse-address.ts';
import { otherSockets } from '../../port-holding.ts';

/**
 * It failed when the message was written, and would not fail now. What SO_REUSEADDR passes by is no
 * obstacle to a server that sets it.
 */
export const freeNow: Check<EndpointFacts> = {
  id: 'free-now',
  title: 'the port is still held',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    if (facts.symptom.class !== 'address-in-use') return notApplicable;
    const { trial, text } = bindQuestion(facts);
    if (trial === null) return couldNotCheck('whether it can be bound now was not tried');
    return trial.reusing === null && (trial.plain === null || setsReuseAddress(facts.message))
      ? found(facts)
      : pass(`${text} is still held`);
  },
};

const found = (facts: EndpointFacts) => {
  const { text } = bindQuestion(facts);
  return failed({
    id: 'free-now',
    severity: 'info',
    title: `${text} was in use when the message was written, and is free now: whoever had it has let it go`,
    evidence: [...trialEvidence(facts), ...former(facts)],
    benignCauses: [
      'the earlier instance needed a moment to end, and the new one was started before that',
      'two instances were started at once, and the other one has ended',
    ],
    actions: [
      { label: 'start the server again', command: null },
      {
        label: 'should it happen again, see who takes the port',
        command: `homeport ls --watch ${facts.target.port}`,
      },
    ],
  });
};

/** Connections that were closed lately tell that somebody had the port, and until when. */
const former = (facts: EndpointFacts): readonly string[] => {
  const [last] = otherSockets(facts).remains;
  if (last === undefined) return ['no trace is left of who had it'];
  const { timer, remote } = last;
  const left = timer !== null && isKnown(timer) ? timer.expiresInMs : null;
  const ago = left === null ? 'lately' : `${Math.max(0, Math.round((keptMs - left) / 1000))} s ago`;
  return [
    `a connection with ${endpointText(remote.address, remote.port)} was closed there ${ago}: its server had the port then`,
  ];
};

/** TCP_TIMEWAIT_LEN of the kernel (include/net/tcp.h). */
const keptMs = 60_000;
