import { isUnknown } from '../../../model/known.ts';
import type { Route } from '../../../model/network.ts';
import { isLoopback, isWildcard } from '../../../model/scope.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';

/** The kernel has no way for packets to the address, or was told to refuse or swallow them. */
export const noRoute: Check<EndpointFacts> = {
  id: 'no-route',
  title: 'a route leads there',
  stage: 'route',
  explains: ['unreachable', 'timeout', 'permission-denied', 'proxy-error'],
  judge: ({ addresses, network }) => {
    const asked = addresses.filter((address) => !isWildcard(address));
    if (asked.length === 0) return notApplicable;
    if (isUnknown(network)) return couldNotCheck('the routes could not be read');
    const known: string[] = [];
    for (const address of asked) {
      const route = network.routes[address];
      if (route === undefined || isUnknown(route)) {
        return couldNotCheck(`the route to ${address} could not be read`);
      }
      const says = closed[route.kind];
      if (says !== undefined) return found(address, route, says);
      known.push(`${address} goes by ${route.interface ?? 'no interface'}`);
    }
    return pass(known.join('; '));
  },
};

/** Kinds of routes by which no packet arrives, and what connect(2) then says (ip-route(8)). */
const closed: Readonly<Partial<Record<Route['kind'], string>>> = {
  none: 'no route leads to it (ENETUNREACH)',
  unreachable: 'a route of this machine declares it unreachable (EHOSTUNREACH)',
  blackhole: 'a route of this machine swallows what goes there (EINVAL)',
  prohibit: 'a route of this machine forbids what goes there (EACCES)',
};

const found = (address: string, route: Route, says: string) => {
  const command = shellCommand('ip', 'route', 'get', address);
  const own = isLoopback(address);
  return failed({
    id: 'no-route',
    severity: own ? 'critical' : 'warning',
    title: `${address} can not be reached: ${says}`,
    evidence: [
      `kind of route: ${route.kind}`,
      ...(route.interface === null ? [] : [`interface: ${route.interface}`]),
    ],
    benignCauses: own ? [] : ['the network or VPN that it is in is not connected'],
    actions: [
      { label: 'see what the kernel would do', command },
      ...(own
        ? [
            {
              label: 'bring lo up, with its routes',
              ...byRoot('ip', 'link', 'set', 'lo', 'up'),
              changes: 'lo carries packets again',
            },
          ]
        : route.kind === 'none'
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
