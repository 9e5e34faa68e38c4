import { unmapped } from '../model/ip.ts';
import type { Container } from '../model/container.ts';
import type { Known } from '../model/known.ts';
import type { Exposure } from '../model/listener.ts';
import type { NetworkInterface } from '../model/machine.ts';
import { isLoopback, isWildcard, scopeOf } from '../model/scope.ts';
import type { Family, Namespace } from '../model/socket.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { widestLevel } from './exposure-level.ts';
import { levelOf, reachesOf } from './exposure-reach.ts';
import type { Reach } from './exposure-reach.ts';

/** All that the exposure of an inet listener is judged from. */
export type ExposureFacts = {
  readonly transport: 'tcp' | 'udp';
  readonly family: Family;
  /** The bound address, canonical, without a zone. */
  readonly address: string;
  readonly port: number;
  readonly namespace: Namespace;
  readonly v6only: Known<boolean> | null;
  /** The interface that the socket is bound to; null: none. */
  readonly interfaceName: string | null;
  readonly interfaces: readonly NetworkInterface[];
  readonly containers: readonly Container[];
  /** The container that the listener runs in, where that is known; else it is found by its addresses. */
  readonly containerId?: string | null;
};

/** Who reaches a listener's address, by the interfaces of its own namespace. */
export const exposureHere = (facts: ExposureFacts): Exposure => {
  const address = unmapped(facts.address);
  if (isWildcard(address)) return wildcardExposure(facts, address);
  return isLoopback(address) ? loopbackExposure(facts, address) : boundExposure(facts, address);
};

const loopbackExposure = ({ port }: ExposureFacts, address: string): Exposure => ({
  level: 'this-machine',
  reasons: loopbackReasons(address),
  reachableVia: [endpointText(address, port)],
});

/** One text for all listeners of an address: there may be tens of thousands. */
const loopbackReasons = (address: string): readonly string[] => {
  const before = loopbackTexts.get(address);
  if (before !== undefined) return before;
  if (loopbackTexts.size >= keptTexts) loopbackTexts.clear();
  const reasons = [`bound to ${address}, a loopback address: only this machine reaches it`];
  loopbackTexts.set(address, reasons);
  return reasons;
};

const loopbackTexts = new Map<string, readonly string[]>();
const keptTexts = 1_000;

const boundExposure = (facts: ExposureFacts, address: string): Exposure => {
  const { interfaceName, interfaces, port } = facts;
  const reaches = reachesOf(interfaces, facts.namespace);
  const own = reaches.find((reach) => reach.address === address && isOn(reach, interfaceName));
  const { level, who } = own ?? levelOf(address, interfaceName);
  const zone =
    scopeOf(address) === 'link-local' && address.includes(':')
      ? (interfaceName ?? own?.interfaceName)
      : null;
  const reasons = [
    `bound to ${address}${own === undefined ? '' : ` (${own.interfaceName})`}, ${who}`,
  ];
  const isMulticast = scopeOf(address) === 'multicast';
  if (own === undefined && !isMulticast && interfaces.length > 0) {
    reasons.push('no interface that is up has this address now');
  }
  return { level, reasons, reachableVia: [endpointText(address, port, zone ?? null)] };
};

const wildcardExposure = (facts: ExposureFacts, address: string): Exposure => {
  const { interfaceName, namespace, port } = facts;
  const families = familiesAnswered(facts, address);
  const reaches = reachesOf(facts.interfaces, namespace).filter(
    (reach) => isOn(reach, interfaceName) && families.answered.has(reach.family),
  );
  const device = interfaceName === null ? '' : ` of ${interfaceName}, which it is bound to`;
  const reasons = [`bound to ${address}: every address${device}`, ...families.reasons];
  const reachableVia = reaches.map((reach) => endpointText(reach.address, port, reach.zone));
  if (!facts.interfaces.some((one) => one.namespace === namespace)) {
    return {
      level: 'unknown',
      reasons: [...reasons, 'the interfaces could not be read'],
      reachableVia,
    };
  }
  const wider = reaches.filter(({ loopback }) => !loopback);
  reasons.push(...wider.map((reach) => `${reach.address} (${reach.interfaceName}), ${reach.who}`));
  if (wider.length === 0) {
    reasons.push('no address but loopback is up: in effect only this machine reaches it');
  }
  return {
    level: widestLevel(['this-machine', ...reaches.map(({ level }) => level)]),
    reasons,
    reachableVia,
  };
};

/** Which families a wildcard answers: `::` takes IPv4 too unless IPV6_V6ONLY is set (ipv6(7)). */
export const familiesAnswered = (
  { v6only }: ExposureFacts,
  address: string,
): { answered: ReadonlySet<Family>; reasons: readonly string[] } => {
  if (address !== '::') return { answered: new Set<Family>(['ipv4']), reasons: [] };
  if (v6only === true) {
    return { answered: new Set<Family>(['ipv6']), reasons: ['IPV6_V6ONLY is set: IPv6 only'] };
  }
  const reason =
    v6only === false
      ? ':: without IPV6_V6ONLY answers IPv4 too'
      : 'whether :: answers IPv4 too could not be read; it does by default';
  return { answered: new Set<Family>(['ipv6', 'ipv4']), reasons: [reason] };
};

const isOn = (reach: Reach, interfaceName: string | null): boolean =>
  interfaceName === null || reach.interfaceName === interfaceName;
