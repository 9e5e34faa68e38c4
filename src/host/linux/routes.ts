import { ipBytes, unmapped } from '../../model/ip.ts';
import { isUnknown, type Known, type Unknown, unknown } from '../../model/known.ts';
import type { NetworkFacts, Route } from '../../model/network.ts';
import { reasonOf } from './errno.ts';
import type { Ffi } from './ffi.ts';
import { closeNetlink, type NetlinkChannel, netlinkProtocol, openNetlink } from './netlink.ts';
import { askLink, askRoute } from './route-messages.ts';

const always: readonly string[] = ['127.0.0.1', '::1'];

/**
 * The route to 127.0.0.1, to ::1 and to each of `destinations`, as `ip route get` tells it
 * (rtnetlink(7)). An address may have a zone (`fe80::1%eth0`). With null for `ffi` all are unknown.
 */
export const readRoutes = (
  ffi: Ffi | null,
  destinations: readonly string[],
): NetworkFacts['routes'] => {
  const addresses = [...new Set([...always, ...destinations])];
  const channel = ffi === null ? noWay : channelOf(ffi);
  const routes = addresses.map(
    (address) => [address, isUnknown(channel) ? channel : routeTo(channel, address)] as const,
  );
  if (!isUnknown(channel)) closeNetlink(channel);
  return Object.fromEntries(routes);
};

const noWay = unknown('unsupported', 'only native code can ask the kernel for routes');

const channelOf = (ffi: Ffi): NetlinkChannel | Unknown => {
  const channel = openNetlink(ffi, netlinkProtocol.route);
  return typeof channel === 'number' ? notTold(channel) : channel;
};

const routeTo = (channel: NetlinkChannel, destination: string): Known<Route> => {
  const [address = '', zone] = destination.split('%');
  const bytes = ipBytes(unmapped(address));
  if (bytes === null) return unknown('unsupported', 'it is no address');
  const scope = zone === undefined ? 0 : interfaceIndex(channel, zone);
  if (scope === null) return unknown('gone', `there is no interface ${zone}`);
  const answer = askRoute(channel, bytes, scope);
  if (typeof answer === 'number') return refusal(answer);
  const { interfaceIndex: index, ...route } = answer;
  return { ...route, interface: index === 0 ? null : interfaceName(channel, index) };
};

const interfaceIndex = (channel: NetlinkChannel, zone: string): number | null => {
  const link = askLink(channel, /^\d+$/.test(zone) ? Number(zone) : zone);
  return typeof link === 'number' ? null : link.index;
};

const interfaceName = (channel: NetlinkChannel, index: number): string | null => {
  const link = askLink(channel, index);
  return typeof link === 'number' ? null : link.name;
};

// What a route's type makes the kernel answer (net/ipv4/fib_semantics.c, fib_props), and what it
// answers for a family that it does not have: EOPNOTSUPP, EAFNOSUPPORT.
const refusals: ReadonlyMap<number, Route['kind']> = new Map([
  [13, 'prohibit'],
  [22, 'blackhole'],
  [95, 'none'],
  [97, 'none'],
  [101, 'none'],
  [113, 'unreachable'],
]);

const refusal = (errno: number): Known<Route> => {
  const kind = refusals.get(errno);
  return kind === undefined
    ? notTold(errno)
    : { kind, interface: null, gateway: null, source: null };
};

const notTold = (errno: number): Unknown =>
  unknown(reasonOf(errno), `the kernel tells no routes (errno ${errno})`);
