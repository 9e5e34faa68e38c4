import type { InetListener } from '../../../model/listener.ts';
import { targetText } from '../../../model/target-text.ts';
import type { InetTransport } from '../../../model/target.ts';
import { answersOf, clientTransport, onSamePort, reachedAt } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { reachableAddress, tryCommand } from '../../connect-command.ts';
import { describeListener, listenerEndpoint, listenerEvidence } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';
import { isUsualOn } from '../../usual-port.ts';

/** The port is UDP's and the client speaks TCP, or the reverse: the two have their own ports. */
export const udpOnly: Check<EndpointFacts> = {
  id: 'udp-only',
  title: 'the listener has the transport that the client speaks',
  stage: 'listener',
  explains: [...refusals, 'timeout'],
  judge: (facts) => {
    const answers = answersOf(facts);
    if (answers.length === 0) return notApplicable;
    if (answers.some(({ listener }) => listener !== null)) {
      return pass(`a ${clientTransport(facts).toUpperCase()} listener answers`);
    }
    const asked = clientTransport(facts);
    const others = onSamePort(facts).filter(
      ({ namespace, transport }) => namespace === 'this' && transport !== asked,
    );
    const reached = facts.addresses.flatMap((address) => reachedAt(address, others));
    const listener = reached.find((one) => isServer(one, facts));
    return listener === undefined ? notApplicable : found(listener, asked, facts);
  },
};

/** An unconnected UDP socket on a port that the kernel hands out may be any client's. */
const isServer = (listener: InetListener, { port }: EndpointFacts): boolean =>
  listener.transport === 'tcp' || port.inEphemeralRange !== true || isUsualOn(listener, port);

const found = (listener: InetListener, asked: InetTransport, facts: EndpointFacts) => {
  const { transport } = listener;
  return failed({
    id: 'udp-only',
    severity: 'warning',
    title: `${describeListener(listener)} has ${listenerEndpoint(listener)} in ${transport.toUpperCase()} only, and ${targetText(facts.target)} is asked in ${asked.toUpperCase()}`,
    evidence: [
      ...listenerEvidence(listener),
      `no ${asked.toUpperCase()} socket listens on port ${facts.target.port}`,
    ],
    benignCauses: ['the two belong to different programs, and the other one does not run'],
    actions: [
      {
        label: `ask for it in ${transport.toUpperCase()}`,
        command: tryCommand(listener, reachableAddress(listener)),
      },
    ],
  });
};
