import type { FirewallChain, FirewallHook, NumberRange } from '../../model/firewall.ts';
import { familyOf } from '../../model/ip.ts';
import type { Family } from '../../model/socket.ts';
import type { Packet } from './packet.ts';

/** A connection that is to be made, as a firewall of this machine would see it. */
export type Trip = {
  readonly family: Family;
  readonly protocol: 'tcp' | 'udp';
  readonly source: string;
  readonly destination: string;
  readonly sourcePorts: NumberRange;
  readonly destinationPorts: NumberRange;
  /** The interface of the route there; null: not known. */
  readonly interface: string | null;
  /** Who connects, and as whom the server runs; null: not known. */
  readonly clientUid: number | null;
  readonly serverUid: number | null;
  /** Whether an address is one of this network namespace. */
  readonly isLocal: (address: string) => boolean;
};

/** The packets of a connection that a firewall tells apart: the first, the answer, all that follow. */
export type Leg = 'request' | 'reply' | 'data';

/** A hook that a packet passes, and the packet as it is there. */
export type Step = { readonly hook: FirewallHook; readonly packet: Packet };

/**
 * The hooks that a packet of a trip passes in this network namespace, in their order. To an address
 * of this machine it leaves by lo and comes in again; what goes elsewhere, or comes from there,
 * passes one half (netfilter hooks, nft(8) "ADDRESS FAMILIES").
 */
export const stepsOf = (trip: Trip, leg: Leg): readonly Step[] => {
  const packet = packetOf(trip, leg);
  const isLocal = trip.isLocal(trip.destination);
  const device = isLocal ? 'lo' : trip.interface;
  const out = { ...packet, inInterface: '', outInterface: device };
  const arriving = { ...packet, inInterface: device, outInterface: '', uid: 'none' } as const;
  const leaves = leavingHooks.map((hook) => ({ hook, packet: out }));
  const arrives = arrivingHooks.map((hook) => ({ hook, packet: arriving }));
  if (isLocal) return [...leaves, ...arrives];
  return leg === 'reply' ? arrives : leaves;
};

const leavingHooks = ['output', 'postrouting', 'egress'] as const;
const arrivingHooks = ['ingress', 'prerouting', 'input'] as const;

const packetOf = (trip: Trip, leg: Leg): Omit<Packet, 'inInterface' | 'outInterface'> => {
  const isDestinationLocal = trip.isLocal(trip.destination);
  const there = {
    family: trip.family,
    protocol: trip.protocol,
    source: trip.source,
    destination: trip.destination,
    sourcePorts: trip.sourcePorts,
    destinationPorts: trip.destinationPorts,
    uid: trip.clientUid,
    state: leg === 'request' ? 'new' : 'established',
    flags: trip.protocol === 'udp' ? [] : flags[leg],
    isSourceLocal: true,
    isDestinationLocal,
  } as const;
  if (leg !== 'reply') return there;
  return {
    ...there,
    source: trip.destination,
    destination: trip.source,
    sourcePorts: trip.destinationPorts,
    destinationPorts: trip.sourcePorts,
    uid: trip.serverUid,
    isSourceLocal: isDestinationLocal,
    isDestinationLocal: true,
  };
};

const flags: Readonly<Record<Leg, readonly string[]>> = {
  request: ['syn'],
  reply: ['syn', 'ack'],
  data: ['psh', 'ack'],
};

/** The base chains at a hook that a packet meets, the lowest priority first. */
export const chainsAt = (
  chains: readonly FirewallChain[],
  { hook, packet }: Step,
): readonly FirewallChain[] =>
  chains
    .filter((chain) => chain.hook === hook && sees(chain, packet) && isAsked(chain, packet))
    .toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0));

const sees = ({ family, device }: FirewallChain, packet: Packet): boolean => {
  const interfaceName = packet.inInterface === '' ? packet.outInterface : packet.inInterface;
  if (device !== null && interfaceName !== null && device !== interfaceName) return false;
  return families[family]?.includes(packet.family) ?? false;
};

const families: Readonly<Record<string, readonly Family[] | undefined>> = {
  ip: ['ipv4'],
  ip6: ['ipv6'],
  inet: ['ipv4', 'ipv6'],
  netdev: ['ipv4', 'ipv6'],
};

/**
 * Address translation is decided once, by the first packet of a connection as it leaves: when it
 * comes in again behind lo, what prerouting would translate is settled.
 */
const isAsked = ({ type, hook }: FirewallChain, { state }: Packet): boolean =>
  type !== 'nat' || (hook === 'output' && state === 'new');

/** `127.0.0.1:4000`, `[::1]:4000`, `:4000`, `10.0.0.1`; null: it is none of these. */
export const parseRedirect = (
  to: string,
): { readonly address: string | null; readonly port: number | null } | null => {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(to) ?? [];
  const bare = familyOf(to) === 'ipv6' ? to : (bracketed ?? plain);
  if (bare === undefined || (bare !== '' && familyOf(bare) === null)) return null;
  return { address: bare === '' ? null : bare, port: port === undefined ? null : Number(port) };
};
