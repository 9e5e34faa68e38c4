import { isKnown, knownOr } from '../../../model/known.ts';
import { isWildcard, scopeOf } from '../../../model/scope.ts';
import { byRoot } from '../../as-root.ts';
import { type BindQuestion, bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { trialEvidence } from '../../holding-text.ts';
import { interfaceNear, interfaceWith } from '../../own-address.ts';

/** Only an address of this machine can be bound (ip(7), EADDRNOTAVAIL). */
export const addressNotHere: Check<EndpointFacts> = {
  id: 'address-not-here',
  title: 'the address is one of this machine',
  stage: 'address',
  explains: ['address-not-available'],
  judge: (facts) => {
    const question = bindQuestion(facts);
    const { address, named, text, trial } = question;
    if (!named) return notApplicable;
    if (address === null) return couldNotCheck(`which address ${text} means is not known`);
    if (isZoneMissing(facts, address)) return zoneMissing(question, facts);
    if (trial !== null) {
      return elsewhere.has(trial.reusing ?? '')
        ? found(question, facts)
        : pass(`the kernel takes ${address} for an address of this machine`);
    }
    if (facts.snapshot.interfaces.length === 0) {
      return couldNotCheck('the interfaces could not be read');
    }
    const network = knownOr(facts.network, null);
    if (network?.nonlocalBind === true) {
      return pass('addresses that no interface has can be bound here (ip_nonlocal_bind)');
    }
    const here = interfaceWith(address, facts.snapshot.interfaces);
    if (isEverywhere(address)) return pass(`${address} can be bound on every machine`);
    return here === null ? found(question, facts) : pass(`${here.name} has ${address}`);
  },
};

/** EAFNOSUPPORT: the kernel has no such family at all. */
const elsewhere: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

const isEverywhere = (address: string): boolean =>
  isWildcard(address) || scopeOf(address) === 'multicast';

/** Every interface has a network fe80::/10: bind(2) fails with EINVAL without a zone (ipv6(7)). */
const isZoneMissing = ({ target }: EndpointFacts, address: string): boolean =>
  target.zone === null && address.includes(':') && scopeOf(address) === 'link-local';

const zoneMissing = ({ address, port }: BindQuestion, { snapshot }: EndpointFacts) => {
  const name = interfaceWith(address ?? '', snapshot.interfaces)?.name ?? null;
  const zone = name ?? 'INTERFACE';
  return failed({
    id: 'address-not-here',
    severity: 'warning',
    title: `${address} is link-local: it can only be bound together with the interface that is meant`,
    evidence: [
      'each interface has a link-local network of its own (RFC 4007 6)',
      name === null ? 'no interface of this machine has that address' : `${name} has that address`,
    ],
    actions: [
      {
        label: `bind [${address}%${zone}]:${port}, with the zone behind the address`,
        command: null,
      },
      { label: 'see the addresses of this machine', command: 'ip -br address' },
    ],
  });
};

const found = (question: BindQuestion, facts: EndpointFacts) => {
  const { text, address } = question;
  return failed({
    id: 'address-not-here',
    severity: 'warning',
    title: `${text} can't be bound: ${reason(question, facts)}`,
    evidence: [
      ...(facts.target.address === null ? [`${facts.target.host} is ${address} here`] : []),
      `addresses of this machine: ${ownAddresses(facts).join(', ')}`,
      ...near(address ?? '', facts),
      ...trialEvidence(facts),
    ],
    benignCauses: [
      'the address belongs to a VPN or network that is not connected now',
      'it is the address of a container or of its host, which only that one can bind',
    ],
    actions: actionsFor(question, facts),
  });
};

const reason = ({ address, trial }: BindQuestion, facts: EndpointFacts): string => {
  if (trial?.reusing === 'EAFNOSUPPORT' || isWithoutIpv6(facts, address)) {
    return 'this kernel has no IPv6';
  }
  if (isIpv6Off(facts, address)) return 'IPv6 is switched off on this machine';
  const one = interfaceWith(address ?? '', facts.snapshot.interfaces);
  if (one === null) return `no interface of this machine has ${address}`;
  return one.up === false
    ? `${one.name}, which has ${address}, is down`
    : `${one.name} has ${address}, and the kernel does not let it be used yet (an IPv6 address is checked for duplicates first)`;
};

const isWithoutIpv6 = ({ network }: EndpointFacts, address: string | null): boolean =>
  address?.includes(':') === true && knownOr(network, null)?.ipv6Disabled === null;

const isIpv6Off = ({ network, snapshot }: EndpointFacts, address: string | null): boolean => {
  const disabled = knownOr(network, null)?.ipv6Disabled ?? null;
  if (disabled === null || address?.includes(':') !== true) return false;
  const isLoopback = address === '::1';
  return (
    interfaceWith(address, snapshot.interfaces) === null &&
    (disabled.all === true || (isLoopback && disabled.lo === true))
  );
};

const ownAddresses = ({ snapshot }: EndpointFacts): readonly string[] =>
  snapshot.interfaces
    .filter(({ namespace }) => namespace === 'this')
    .flatMap((one) => one.addresses.map(({ address }) => `${address} (${one.name})`));

const near = (address: string, { snapshot }: EndpointFacts): readonly string[] => {
  const one = interfaceNear(address, snapshot.interfaces);
  const own = one?.addresses.find(({ address: text }) => text !== address)?.address;
  return one === null || own === undefined || interfaceWith(address, snapshot.interfaces) !== null
    ? []
    : [`it is in the network of ${one.name}, which has ${own}: that one may have changed`];
};

const actionsFor = (question: BindQuestion, facts: EndpointFacts) => {
  const { address, port } = question;
  return [
    {
      label: `bind 127.0.0.1:${port} for this machine alone, or 0.0.0.0:${port} for every address that it has`,
      command: null,
    },
    ...(isIpv6Off(facts, address)
      ? [
          {
            label: 'switch IPv6 on',
            changes: 'IPv6 works on every interface, until the machine starts again',
            ...byRoot('sysctl', '-w', 'net.ipv6.conf.all.disable_ipv6=0'),
          },
        ]
      : nonlocal(question, facts)),
  ];
};

/** For an address that comes later: of a VPN, or one that moves between machines. */
const nonlocal = ({ address, trial }: BindQuestion, { network }: EndpointFacts) => {
  const isSet = isKnown(network) && network.nonlocalBind === true;
  if (isSet || trial?.reusing === 'EAFNOSUPPORT') return [];
  const six = address?.includes(':') === true;
  return [
    {
      label: 'let servers bind an address before an interface has it',
      changes: 'programs of this machine can bind any address, until it starts again',
      ...byRoot('sysctl', '-w', `net.${six ? 'ipv6' : 'ipv4'}.ip_nonlocal_bind=1`),
    },
  ];
};
