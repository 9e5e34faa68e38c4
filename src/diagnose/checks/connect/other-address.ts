import { isIPv4 } from '../../../model/ip.ts';
import type { InetListener } from '../../../model/listener.ts';
import { isLoopback, isWildcard } from '../../../model/scope.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { answersOf, isBoundAway, listenersHere } from '../../answering.ts';
import { bindAdvice } from '../../bind-advice.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { connectThere } from '../../connect-command.ts';
import { describeListener, listenerEndpoint, listenerEvidence } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';
import { interfaceWith } from '../../own-address.ts';

/** The port is listened on, at another address of this machine than the one that is asked for. */
export const otherAddress: Check<EndpointFacts> = {
  id: 'other-address',
  title: 'the listener has the address that is asked for',
  stage: 'listener',
  explains: refusals,
  judge: (facts) => {
    const answers = answersOf(facts);
    const [first] = answers;
    if (first === undefined || !isOwn(first.address, facts)) return notApplicable;
    const answered = answers.find(({ listener }) => listener !== null);
    if (answered !== undefined) {
      return pass(`${endpointText(answered.address, facts.target.port)} is listened on`);
    }
    const listener = listenersHere(facts).find((one) => isElsewhere(one, facts.addresses));
    return listener === undefined ? notApplicable : found(first.address, listener, facts);
  },
};

/** Nothing that listens here answers at another machine's address. */
const isOwn = (address: string, { snapshot }: EndpointFacts): boolean =>
  isLoopback(address) ||
  isWildcard(address) ||
  interfaceWith(address, snapshot.interfaces) !== null;

/** The other family's wildcard or loopback is another matter than another address. */
const isElsewhere = (listener: InetListener, asked: readonly string[]): boolean => {
  if (asked.some((address) => isBoundAway(listener, address))) return true;
  if (isWildcard(listener.address)) return false;
  const mirrors = ['127.0.0.1', '::1'].includes(listener.address) && asked.every(isLoopback);
  return !mirrors || asked.some((address) => isIPv4(address) === isIPv4(listener.address));
};

const found = (asked: string, listener: InetListener, facts: EndpointFacts) => {
  const { target } = facts;
  const bound = listener.interface;
  const at =
    isWildcard(listener.address) && bound !== null
      ? `the interface ${bound} only`
      : `${listenerEndpoint(listener)} only`;
  return failed({
    id: 'other-address',
    severity: 'warning',
    title: `${describeListener(listener)} listens on ${at}, and ${facts.addresses.join(' and ')} is asked`,
    evidence: [
      ...listenerEvidence(listener),
      `nobody listens on ${facts.addresses.map((address) => endpointText(address, target.port)).join(' or ')}`,
      scopeEvidence(asked, listener),
    ],
    actions: [
      ...(isWildcard(listener.address) ? [] : [connectThere(listener)]),
      bindAdvice(listener, asked, target.port, facts.snapshot),
    ],
  });
};

const scopeEvidence = (asked: string, { address, interface: bound }: InetListener): string => {
  if (isWildcard(address)) {
    return `it is bound to ${bound ?? 'an interface'}: connections of this machine to itself come by lo (SO_BINDTODEVICE, socket(7))`;
  }
  if (isLoopback(address) && !isLoopback(asked)) {
    return `${address} is loopback: it answers nobody who asks for ${asked}, neither from here nor from the network`;
  }
  return isLoopback(address)
    ? `${address} and ${asked} are both this machine, and a server on one does not answer on the other`
    : `${address} is this machine's address in its network: loopback does not lead to it`;
};
