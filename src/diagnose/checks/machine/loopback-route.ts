import { isKnown, isUnknown } from '../../../model/known.ts';
import type { NetworkInterface } from '../../../model/machine.ts';
import type { NetworkFacts, Route } from '../../../model/network.ts';
import { byRoot } from '../../as-root.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeNetwork, reasonOf } from '../../judge-known.ts';
import { hasAddress, judgeLoopback } from '../../loopback.ts';

/** The kernel keeps a local route for each address of lo, before all others (ip-route(8), ip-rule(8)). */
export const loopbackRoute: Check<MachineFacts> = {
  id: 'loopback-route',
  title: '127.0.0.1 and ::1 are routed over loopback',
  stage: 'route',
  explains: ['unreachable', 'timeout', 'permission-denied', 'address-not-available'],
  judge: (facts) =>
    judgeLoopback(facts, (loopback) =>
      judgeNetwork(facts, (network) => judgeRoutes(loopback, network)),
    ),
};

const restored: Readonly<Record<string, readonly string[]>> = {
  '127.0.0.1': ['ip', 'route', 'replace', 'table', 'local', 'local', '127.0.0.0/8'],
  '::1': ['ip', '-6', 'route', 'replace', 'table', 'local', 'local', '::1'],
};

/** An address that is missing has no route either, and is another check's. */
const judgeRoutes = (loopback: NetworkInterface, { routes }: NetworkFacts) => {
  const addresses = Object.keys(restored).filter((address) => hasAddress(loopback, address));
  if (addresses.length === 0) return notApplicable;
  const asked = addresses.flatMap((address) => {
    const route = routes[address];
    return route === undefined ? [] : [{ address, route }];
  });
  const wrong = asked.flatMap(({ address, route }) =>
    isKnown(route) && !isLocal(route, loopback) ? [{ address, route }] : [],
  );
  if (wrong.length > 0) return misrouted(wrong, loopback);
  const unread = asked.map(({ route }) => route).find(isUnknown);
  if (unread !== undefined) {
    return couldNotCheck(`the routes could not be read: ${reasonOf(unread)}`);
  }
  return asked.length < addresses.length
    ? couldNotCheck('the kernel was not asked for the routes')
    : pass(
        `${addresses.join(' and ')} ${addresses.length > 1 ? 'are' : 'is'} routed over ${loopback.name}`,
      );
};

const isLocal = (route: Route, { name }: NetworkInterface): boolean =>
  route.kind === 'local' && (route.interface === null || route.interface === name);

type Wrong = { readonly address: string; readonly route: Route };

const misrouted = (wrong: readonly Wrong[], { name }: NetworkInterface) =>
  failed({
    id: 'loopback-route',
    severity: 'critical',
    title: wrong.map(({ address, route }) => `${address} ${meaning(route)}`).join(', and '),
    evidence: wrong.map(({ address, route }) => `\`ip route get ${address}\`: ${routeText(route)}`),
    benignCauses: ['a VPN or a container engine is about to set its rules up'],
    actions: [
      ...wrong.map(({ address }) => ({
        label: `route ${address} over ${name} again`,
        ...byRoot(...(restored[address] ?? []), 'dev', name),
        changes: 'the kernel’s own route for loopback is there again, until lo goes down',
      })),
      { label: 'see which rule comes before it, if that does not help', command: 'ip rule' },
    ],
  });

const meaning = ({ kind, interface: device }: Route): string => {
  if (kind === 'none') return 'has no route: it can’t be reached';
  if (kind === 'unicast' || kind === 'local') return `is routed over ${device ?? 'no interface'}`;
  return `has a route of the kind ${kind}: it can’t be reached`;
};

const routeText = ({ kind, gateway, interface: device }: Route): string =>
  [kind, gateway === null ? null : `via ${gateway}`, device === null ? null : `dev ${device}`]
    .filter((part) => part !== null)
    .join(' ');
