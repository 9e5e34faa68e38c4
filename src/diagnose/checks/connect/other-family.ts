import { isIPv4 } from '../../../model/ip.ts';
import type { InetListener } from '../../../model/listener.ts';
import { isLoopback, isWildcard } from '../../../model/scope.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { answersOf, listenersHere } from '../../answering.ts';
import { bindAdvice } from '../../bind-advice.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { connectThere } from '../../connect-command.ts';
import { describeListener, listenerEndpoint, listenerEvidence } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';
import { nameOf } from '../../target-name.ts';

/** The client asks for IPv6 and the server listens on IPv4 only, or the reverse. */
export const otherFamily: Check<EndpointFacts> = {
  id: 'other-family',
  title: 'the listener has the family that the client tries first',
  stage: 'listener',
  explains: refusals,
  judge: (facts) => {
    const [first] = answersOf(facts);
    if (first === undefined) return notApplicable;
    if (first.listener !== null) {
      return pass(
        `${endpointText(first.address, facts.target.port)} is listened on, and tried first`,
      );
    }
    const listener = listenersHere(facts).find((one) => isMirrored(one, first.address));
    return listener === undefined ? notApplicable : found(first.address, listener, facts);
  },
};

/** Whether a listener is at the same place in the other family: its wildcard, or its loopback. */
const isMirrored = ({ address, family }: InetListener, asked: string): boolean => {
  if ((family === 'ipv4') === isIPv4(asked)) {
    // `::` with IPV6_V6ONLY off would have answered: this one is bound to an interface.
    return false;
  }
  if (isWildcard(address)) return true;
  return isLoopback(asked) && (address === '127.0.0.1' || address === '::1');
};

const found = (asked: string, listener: InetListener, facts: EndpointFacts) => {
  const { target } = facts;
  const name = target.host === null ? 'localhost' : nameOf(facts);
  const answered = answersOf(facts).find((one) => one.listener !== null);
  const [own, other] = isIPv4(asked) ? ['IPv4', 'IPv6'] : ['IPv6', 'IPv4'];
  const why = name === null ? `${asked} is ${own}` : `${name} means ${asked} first`;
  return failed({
    id: 'other-family',
    severity: answered === undefined || facts.symptom.class !== 'none' ? 'warning' : 'notice',
    title: `${describeListener(listener)} listens on ${listenerEndpoint(listener)} only, which is ${other}, and ${why}`,
    evidence: [
      ...listenerEvidence(listener),
      `nobody listens on ${endpointText(asked, target.port)}`,
      ...(name === null || facts.addresses.length < 2
        ? []
        : [`${name} is ${facts.addresses.join(', then ')}`]),
    ],
    benignCauses:
      answered === undefined
        ? []
        : [`clients that try every address reach it on ${answered.address}`],
    actions: [connectThere(listener), bindAdvice(listener, asked, target.port, facts.snapshot)],
  });
};
