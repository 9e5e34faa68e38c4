import { isKnown, isUnknown } from '../../../model/known.ts';
import { isLoopback } from '../../../model/scope.ts';
import { answersOf } from '../../answering.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';

/** Nobody listens on a port that clients may be given: one that dials it again and again can meet itself. */
export const selfConnectHazard: Check<EndpointFacts> = {
  id: 'self-connect-hazard',
  title: 'no client that dials this port can be given it',
  stage: 'handshake',
  explains: [],
  judge: (facts) => {
    const { target, port } = facts;
    const free = answersOf(facts).filter(
      ({ address, listener }) => listener === null && isLoopback(address),
    );
    if (free.length === 0 || target.transport === 'udp') return notApplicable;
    if (isUnknown(port.inEphemeralRange)) {
      return couldNotCheck('the range of ports for clients could not be read');
    }
    if (!port.inEphemeralRange || port.reserved === true) {
      return pass(`the kernel gives ${target.port} to no client by itself`);
    }
    return found(facts);
  },
};

const found = ({ target, snapshot }: EndpointFacts) => {
  const range = snapshot.machine.ephemeralRange;
  return failed({
    id: 'self-connect-hazard',
    severity: 'info',
    title: `a client that retries ${target.port} until it answers can be connected to itself`,
    evidence: [
      `nobody listens on ${target.port}`,
      ...(isKnown(range)
        ? [`the kernel takes clients' ports from ${range.first}–${range.last}`]
        : []),
      'about one attempt in as many ports is given the very port that it dials (RFC 9293 3.5)',
    ],
    benignCauses: ['a server takes the port before a client happens on it'],
    actions: [
      {
        label: `keep ${target.port} for servers`,
        ...byRoot('sysctl', '-w', `net.ipv4.ip_local_reserved_ports=${reserved(snapshot, target)}`),
        changes: 'the ports that clients get, until the next start of the machine',
      },
    ],
  });
};

/** Writing this setting replaces it: what is reserved already stays. */
const reserved = (
  { machine }: EndpointFacts['snapshot'],
  { port }: EndpointFacts['target'],
): string => {
  const ranges = isKnown(machine.reservedPorts) ? machine.reservedPorts : [];
  const texts = ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  return [...texts, `${port}`].join(',');
};
