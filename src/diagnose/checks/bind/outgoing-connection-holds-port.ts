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
  const here = endpointText(own.address, own.port);
  const there = endpointText(peer.address, peer.port);
  const who = isKnown(own.pid) ? describeProcess(own.pid, facts) : 'a program that may not be seen';
  return failed({
    id: 'outgoing-connection-holds-port',
    severity: 'warning',
    title: isItself(connection)
      ? `a connection that met itself holds ${here}: ${who} dialled it while nobody listened, and was given that very port as its own`
      : `an outgoing connection holds ${here}: ${who} uses it to talk to ${there}`,
    evidence: [
      `the connection from ${here} to ${there} is ${state}`,
      ...(isItself(connection)
        ? ['both ends are the same: a simultaneous open of one socket with itself (RFC 9293 3.5)']
        : []),
      ...(certain || isItself(connection)
        ? []
        : ['no listener tells which end is the client: the port numbers do']),
      ...rangeEvidence(facts),
      ...trialEvidence(facts),
    ],
    benignCauses: [
      isItself(connection)
        ? 'a client that waits for this very server, and tries until it can connect'
        : 'it is gone as soon as that connection ends',
    ],
    actions: [
      {
        label: isItself(connection)
          ? 'end that client, or let it connect anew: with itself it never ends; see whose it is'
          : 'wait until the connection ends; see whose it is',
        command: isKnown(own.pid) ? `homeport explain pid:${own.pid}` : `homeport explain ${port}`,
      },
      ...reserve(facts),
      { label: outside(facts), command: null },
    ],
  });
};

/** TCP's simultaneous open (RFC 9293 3.5): who tries a port of the ephemeral range often gets it in the end. */
const isItself = ({ own, peer }: HeldConnection): boolean =>
  own.address === peer.address && own.port === peer.port;

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
