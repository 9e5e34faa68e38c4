import { isKnown, knownOr } from '../../../model/known.ts';
import type { Container } from '../../../model/container.ts';
import { inBlock } from '../../../model/ip.ts';
import { isLoopback, isWildcard, scopeOf } from '../../../model/scope.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { interfaceNear, interfaceWith, isRoutedHere } from '../../own-address.ts';
import { ownTarget } from '../../target-name.ts';

/** The address is another machine's, or nobody's any more: what listens here has no say in it. */
export const addressNotHere: Check<EndpointFacts> = {
  id: 'address-not-here',
  title: 'the address is one of this machine',
  stage: 'address',
  explains: ['connection-refused', 'timeout', 'unreachable', 'address-not-available'],
  judge: (facts) => {
    const { interfaces } = facts.snapshot;
    const asked = facts.addresses.filter((address) => !isEverywhere(address));
    if (asked.length === 0) return notApplicable;
    if (interfaces.length === 0) return couldNotCheck('the interfaces could not be read');
    const away = asked.filter(
      (address) =>
        interfaceWith(address, interfaces) === null && isRoutedHere(address, facts) !== true,
    );
    if (away.length === 0) return pass(`${asked.join(' and ')}: this machine has it`);
    const here = away.flatMap((address) => placeOf(address, facts) ?? []);
    return here.length === away.length ? pass(here.join('; ')) : found(away, facts);
  },
};

/** Loopback is every machine's own, and groups belong to nobody. */
const isEverywhere = (address: string): boolean =>
  isLoopback(address) || isWildcard(address) || scopeOf(address) === 'multicast';

/** A container or another network namespace of this machine that has the address. */
const placeOf = (address: string, { snapshot }: EndpointFacts): string | null => {
  const container = snapshot.containers.find(
    ({ addresses }) => isKnown(addresses) && addresses.includes(address),
  );
  if (container !== undefined) return `${address} is the container ${nameOf(container)}`;
  const other = snapshot.interfaces.find(
    (one) => one.namespace !== 'this' && one.addresses.some((own) => own.address === address),
  );
  return other === undefined
    ? null
    : `${address} is on ${other.name} of the network namespace ${other.namespace}`;
};

const nameOf = ({ name, id }: Container): string => knownOr(name, id.slice(0, 12));

const found = (away: readonly string[], facts: EndpointFacts) => {
  const [first = ''] = away;
  return failed({
    id: 'address-not-here',
    severity: 'warning',
    title: `${away.join(' and ')} is not an address of this machine: another machine is asked, or none`,
    evidence: [
      `no interface of this machine has ${away.join(' or ')}`,
      `addresses of this machine: ${ownAddresses(facts).join(', ')}`,
      nearEvidence(first, facts),
      ...formerEvidence(first, facts),
      'what listens on another machine can not be seen from here',
    ],
    benignCauses: ['the server is meant to be on another machine'],
    actions: [
      { label: 'see where it leads', command: shellCommand('ip', 'route', 'get', first) },
      {
        label: 'if the server runs on this machine, ask for it here',
        command: shellCommand('homeport', 'why', ownTarget(facts)),
      },
    ],
  });
};

const ownAddresses = ({ snapshot }: EndpointFacts): readonly string[] =>
  snapshot.interfaces
    .filter(({ namespace }) => namespace === 'this')
    .flatMap((one) => one.addresses.map(({ address }) => `${address} (${one.name})`));

const nearEvidence = (address: string, { snapshot }: EndpointFacts): string => {
  const near = interfaceNear(address, snapshot.interfaces);
  return near === null
    ? 'it is in the network of no interface'
    : `it is in the network of ${near.name}`;
};

/** What such an address was, where the network that it belonged to is not there any more. */
const formerEvidence = (address: string, { snapshot }: EndpointFacts): readonly string[] => {
  if (interfaceNear(address, snapshot.interfaces) !== null) return [];
  const block = formerly.find((one) => inBlock(address, one.block));
  return block === undefined ? [] : [block.says];
};

const formerly = [
  {
    block: '172.16.0.0/12',
    says: "container networks are in 172.16.0.0/12: it may be a container's that was removed or made again",
  },
  {
    block: '100.64.0.0/10',
    says: 'Tailscale and carriers use 100.64.0.0/10: it may need a VPN that is not connected',
  },
  { block: '10.0.0.0/8', says: 'VPNs use 10.0.0.0/8: it may need one that is not connected' },
  {
    block: '192.168.0.0/16',
    says: 'home networks use 192.168.0.0/16: it may be an address of a network that was left',
  },
] as const;
