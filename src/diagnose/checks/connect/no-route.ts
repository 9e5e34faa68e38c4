import type { Action } from '../../../model/finding.ts';
import { isIPv4 } from '../../../model/ip.ts';
import { isUnknown } from '../../../model/known.ts';
import type { NetworkInterface } from '../../../model/machine.ts';
import type { Route } from '../../../model/network.ts';
import { isLoopback, isWildcard } from '../../../model/scope.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { loopbackIPv6, loopbackOf } from '../../loopback.ts';
import { interfaceWith } from '../../own-address.ts';

/** The kernel has no way for packets to the address, or was told to refuse or swallow them. */
export const noRoute: Check<EndpointFacts> = {
  id: 'no-route',
  title: 'a route leads there',
  stage: 'route',
  explains: ['unreachable', 'address-not-available', 'timeout', 'permission-denied', 'proxy-error'],
  judge: (facts) => {
    const { addresses, network } = facts;
    const asked = addresses.filter((one) => !isWildcard(one) && !isToldOtherwise(one, facts));
    if (asked.length === 0) return notApplicable;
    if (isUnknown(network)) return couldNotCheck('the routes could not be read');
    const known: string[] = [];
    for (const address of asked) {
      const route = network.routes[address];
      if (route === undefined || isUnknown(route)) {
        return couldNotCheck(`the route to ${address} could not be read`);
      }
      const says = closed[route.kind];
      if (says !== undefined) return found(address, route, says, facts);
      known.push(`${address} goes by ${route.interface ?? 'no interface'}`);
    }
    return pass(known.join('; '));
  },
};

/** Loopback that is down, or without IPv6, has checks of its own: there is no route either. */
const isToldOtherwise = (address: string, facts: EndpointFacts): boolean => {
  if (!isLoopback(address)) return false;
  if (loopbackOf(facts)?.up === false) return true;
  const { network } = facts;
  const enabled = isIPv4(address) || isUnknown(network) ? true : loopbackIPv6(network);
  return enabled === null || enabled === false;
};

/** Kinds of routes by which no packet arrives, and what connect(2) then says (ip-route(8)). */
const closed: Readonly<Partial<Record<Route['kind'], string>>> = {
  none: 'no route leads to it (ENETUNREACH)',
  unreachable: 'a route of this machine declares it unreachable (EHOSTUNREACH)',
  blackhole: 'a route of this machine swallows what goes there (EINVAL)',
  prohibit: 'a route of this machine forbids what goes there (EACCES)',
};

const found = (address: string, route: Route, says: string, facts: EndpointFacts) => {
  const own = isLoopback(address);
  const loopback = own ? loopbackOf(facts) : null;
  return failed({
    id: 'no-route',
    severity: own ? 'critical' : 'warning',
    title: `${address} can not be reached: ${loopback === null ? says : loopbackReason(address, loopback, says)}`,
    evidence: [
      route.kind === 'none'
        ? `the kernel knows no way to ${address} (\`ip route get ${address}\`)`
        : `a route for ${address} stands in the routing table (${route.kind}, ip-route(8))`,
      ...(loopback === null ? [] : [addressesText(loopback)]),
      ...(route.interface === null ? [] : [`it goes by the interface ${route.interface}`]),
    ],
    benignCauses: own ? [] : ['the network or VPN that it is in is not connected'],
    actions: [
      ...(loopback === null ? [] : restored(address, loopback)),
      {
        label: 'see what the kernel would do',
        command: shellCommand('ip', 'route', 'get', address),
      },
      ...(own || route.kind === 'none'
        ? []
        : [
            {
              label: 'find the route that says so',
              command: shellCommand('ip', 'route', 'show', 'table', 'all', 'type', route.kind),
            },
          ]),
    ],
  });
};

/** The kernel has a route to each address that lo has, and to all of 127.0.0.0/8 with 127.0.0.1/8. */
const isMissing = (address: string, loopback: NetworkInterface): boolean =>
  interfaceWith(address, [loopback]) === null;

const loopbackReason = (address: string, loopback: NetworkInterface, says: string): string =>
  isMissing(address, loopback) ? `the loopback interface ${loopback.name} does not have it` : says;

const addressesText = ({ name, addresses }: NetworkInterface): string =>
  addresses.length === 0
    ? `${name} has no address`
    : `${name} has ${addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).join(' and ')}`;

/** What gives loopback its way back: its address where it has lost it, else the kernel's own route. */
const restored = (address: string, loopback: NetworkInterface): readonly Action[] => {
  const { name } = loopback;
  const block = isIPv4(address) ? '127.0.0.1/8' : '::1/128';
  if (isMissing(address, loopback)) {
    return [
      {
        label: `give ${name} its address back`,
        ...byRoot('ip', 'address', 'add', block, 'dev', name),
        changes: `${name} has ${block}, until it is restarted`,
      },
    ];
  }
  const family = isIPv4(address) ? [] : ['-6'];
  const local = isIPv4(address) ? '127.0.0.0/8' : '::1';
  return [
    {
      label: `route loopback over ${name} again`,
      ...byRoot('ip', ...family, 'route', 'replace', 'table', 'local', 'local', local, 'dev', name),
      changes: "the kernel's own route for loopback is there again, until lo goes down",
    },
  ];
};
