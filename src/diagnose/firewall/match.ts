import type { FirewallCondition, NumberRange } from '../../model/firewall.ts';
import { compareAddresses, familyOf, inBlock } from '../../model/ip.ts';
import type { Packet } from './packet.ts';

/** Whether a packet meets a condition; `maybe`: it depends on what is not known of the packet. */
export type Match = 'yes' | 'no' | 'maybe';

/** Whether a packet meets a condition of a rule. Pure; a condition that is not judged is `maybe`. */
export const matches = (condition: FirewallCondition, packet: Packet): Match => {
  const plain = plainly(condition, packet);
  // A packet without a socket has no user: the kernel takes neither answer for a match.
  if (isOwner(condition) && packet.uid === 'none') return 'no';
  if (!condition.negated || plain === 'maybe') return plain;
  return plain === 'yes' ? 'no' : 'yes';
};

const plainly = (condition: FirewallCondition, packet: Packet): Match => {
  if ('names' in condition) {
    const { inInterface, outInterface } = packet;
    return nameIn(condition.kind === 'in-interface' ? inInterface : outInterface, condition.names);
  }
  if ('blocks' in condition) return addressIn(packet[condition.kind], condition.blocks);
  if ('ports' in condition) {
    const { sourcePorts, destinationPorts } = packet;
    return rangeIn(
      condition.kind === 'source-port' ? sourcePorts : destinationPorts,
      condition.ports,
    );
  }
  if ('types' in condition) {
    const { isSourceLocal, isDestinationLocal } = packet;
    return typeIn(
      condition.kind === 'source-type' ? isSourceLocal : isDestinationLocal,
      condition.types,
    );
  }
  return wholly(condition, packet);
};

type Wholly = Exclude<
  FirewallCondition,
  | { readonly names: unknown }
  | { readonly blocks: unknown }
  | { readonly ports: unknown }
  | { readonly types: unknown }
>;

/** Conditions on what the packet is, not on where it comes from or goes. */
const wholly = (condition: Wholly, packet: Packet): Match => {
  switch (condition.kind) {
    case 'protocol':
      return is(condition.protocols.some((name) => name === packet.protocol || name === 'all'));
    case 'family':
      return is(condition.family === packet.family);
    case 'state':
      return is(condition.states.includes(packet.state));
    case 'tcp-flags':
      return is(packet.protocol === 'tcp' && hasFlags(packet.flags, condition));
    case 'reverse-path':
      return packet.inInterface === 'lo' ? is(condition.exists) : 'maybe';
    case 'uid':
      return typeof packet.uid === 'number'
        ? rangeIn({ first: packet.uid, last: packet.uid }, condition.ids)
        : 'maybe';
    case 'gid':
    case 'other':
      return 'maybe';
  }
};

const isOwner = ({ kind }: FirewallCondition): boolean => kind === 'uid' || kind === 'gid';

const is = (holds: boolean): Match => (holds ? 'yes' : 'no');

const nameIn = (name: string | null, names: readonly string[]): Match =>
  name === null
    ? 'maybe'
    : is(
        names.some((one) =>
          one.endsWith('*') ? name !== '' && name.startsWith(one.slice(0, -1)) : one === name,
        ),
      );

/** `yes`: all of the range lies in one of the others; `no`: nothing of it in any. */
const rangeIn = ({ first, last }: NumberRange, ranges: readonly NumberRange[]): Match => {
  if (ranges.some((range) => range.first <= first && last <= range.last)) return 'yes';
  return ranges.some((range) => range.first <= last && first <= range.last) ? 'maybe' : 'no';
};

const addressIn = (address: string, blocks: readonly string[]): Match =>
  address === '' ? 'maybe' : is(blocks.some((block) => isIn(address, block)));

const isIn = (address: string, block: string): boolean => {
  const [first = '', last] = block.split('-');
  if (last !== undefined) {
    return (
      familyOf(first) === familyOf(address) &&
      compareAddresses(first, address) <= 0 &&
      compareAddresses(address, last) <= 0
    );
  }
  return block.includes('/') ? inBlock(address, block) : address === block;
};

type FlagCondition = Extract<FirewallCondition, { kind: 'tcp-flags' }>;

const hasFlags = (set: readonly string[], { match, mask, flags }: FlagCondition): boolean =>
  match === 'any'
    ? flags.some((flag) => set.includes(flag))
    : mask.every((flag) => set.includes(flag) === flags.includes(flag));

/** An address that is not of this machine may be any other kind of address. */
const typeIn = (isLocal: boolean, types: readonly string[]): Match => {
  if (isLocal) return is(types.includes('local'));
  return types.every((type) => type === 'local') ? 'no' : 'maybe';
};
