import { isKnown, knownOr } from '../../../model/known.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { bindQuestion, isFree } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, pass } from '../../check-result.ts';
import { describeProcess } from '../../describe-process.ts';
import type { EndpointFacts } from '../../facts.ts';
import { trialEvidence } from '../../holding-text.ts';
import { type HeldConnection, otherSockets } from '../../port-holding.ts';
import { reservePort } from '../../reserve-port.ts';

/** The kernel gave a client the port that a server counts on (RFC 6056 3.2). */
export const outgoingConnectionHoldsPort: Check<EndpointFacts> = {
  id: 'outgoing-connection-holds-port',
  title: 'no outgoing connection has the port as its own',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const [connection] = isFree(bindQuestion(facts)) ? [] : otherSockets(facts).outgoing;
    return connection === undefined
      ? pass(`no outgoing connection has ${bindQuestion(facts).text} as its own end`)
      : found(connection, facts);
  },
};

const found = (connection: HeldConnection, facts: EndpointFacts) => {
  const { own, peer, state, certain } = connection;
  const { port } = bindQuestion(facts);
  const who = isKnown(own.pid) ? describeProcess(own.pid, facts) : 'a program that may not be seen';
  return failed({
    id: 'outgoing-connection-holds-port',
    severity: 'warning',
    title: `an outgoing connection holds ${endpointText(own.address, own.port)}: ${who} uses it to talk to ${endpointText(peer.address, peer.port)}`,
    evidence: [
      `the connection from ${endpointText(own.address, own.port)} to ${endpointText(peer.address, peer.port)} is ${state}`,
      ...(certain ? [] : ['no listener tells which end is the client: the port numbers do']),
      ...rangeEvidence(facts),
      ...trialEvidence(facts),
    ],
    benignCauses: ['it is gone as soon as that connection ends'],
    actions: [
      {
        label: 'wait until the connection ends; see whose it is',
        command: isKnown(own.pid) ? `homeport explain pid:${own.pid}` : `homeport explain ${port}`,
      },
      ...reserve(facts),
      { label: outside(facts), command: null },
    ],
  });
};

const rangeEvidence = ({ port, snapshot, target }: EndpointFacts): readonly string[] => {
  const range = knownOr(snapshot.machine.ephemeralRange, null);
  if (range === null) return [];
  const text = `${range.first} to ${range.last}`;
  if (port.inEphemeralRange !== true) {
    return [
      `outgoing connections get ports from ${text}: the client asked for ${target.port} itself`,
    ];
  }
  return port.reserved === true
    ? [`${target.port} is reserved: the client asked for it itself, or got it before`]
    : [
        `this kernel gives outgoing connections ports from ${text}, and ${target.port} is one of them`,
      ];
};

const reserve = (facts: EndpointFacts) =>
  facts.port.inEphemeralRange === true && facts.port.reserved !== true
    ? reservePort(facts.target.port, facts.snapshot.machine)
    : [];

const outside = ({ snapshot }: EndpointFacts): string => {
  const range = knownOr(snapshot.machine.ephemeralRange, null);
  return range === null
    ? 'give the server a port that outgoing connections do not get'
    : `give the server a port below ${range.first}, which no outgoing connection gets`;
};
