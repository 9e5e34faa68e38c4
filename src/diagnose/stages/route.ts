import { isKnown, type Known } from '../../model/known.ts';
import type { Route } from '../../model/network.ts';
import { isBind } from '../symptom.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What the kernel's routing says of each address. */
export const routeStage: JudgeStage = ({ network, addresses, symptom }) => {
  if (isBind(symptom)) return stage('route', 'not-applicable', 'binding needs no route');
  if (!isKnown(network)) return stage('route', 'unknown', network.why ?? 'routes were not read');
  const asked = addresses.flatMap((address) => {
    const route = network.routes[address];
    return route === undefined ? [] : [{ address, route }];
  });
  if (asked.length === 0) return stage('route', 'not-applicable', 'no route was asked for');
  const evidence = asked.map(({ address, route }) => `${address}: ${routeText(route)}`);
  const dead = asked.find(({ route }) => isKnown(route) && isDead(route));
  if (dead !== undefined) {
    return stage('route', 'fail', `${dead.address}: ${routeText(dead.route)}`, { evidence });
  }
  const unread = asked.some(({ route }) => !isKnown(route));
  return stage('route', unread ? 'unknown' : 'pass', evidence.join('; '), { evidence });
};

const isDead = ({ kind }: Route): boolean =>
  kind === 'none' || kind === 'unreachable' || kind === 'prohibit' || kind === 'blackhole';

const routeText = (route: Known<Route>): string => {
  if (!isKnown(route)) return route.why ?? 'its route could not be read';
  switch (route.kind) {
    case 'local':
      return `stays on this machine, over ${route.interface ?? 'lo'}`;
    case 'none':
      return 'no route leads there';
    case 'blackhole':
    case 'unreachable':
    case 'prohibit':
      return `a route says ${route.kind}`;
    case 'unicast':
    case 'broadcast':
    case 'multicast':
    case 'anycast': {
      const by = route.gateway === null ? '' : ` by ${route.gateway}`;
      return `leaves over ${route.interface ?? 'an interface'}${by}`;
    }
  }
};
