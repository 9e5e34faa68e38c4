import type { AddressAnatomy } from '../model/explanation.ts';
import { inBlock, mappedIPv4, unmapped } from '../model/ip.ts';
import type { NetworkInterface } from '../model/machine.ts';
import { isLoopback, scopeBlockOf } from '../model/scope.ts';
import type { ScopeBlock } from '../model/scope.ts';

/**
 * What an address is by itself, and for this machine. An IPv4-mapped address is judged by the one
 * inside. `ours` is null where the question has no sense (wildcard, multicast) or no interface could
 * be read. Throws a RangeError for text that is not an address (a zone is none of its text).
 */
export const addressAnatomy = (
  address: string,
  interfaces: readonly NetworkInterface[],
): AddressAnatomy => {
  const block = scopeBlockOf(address);
  if (block === null) throw new RangeError(`not an address: ${address}`);
  const here = interfaces.filter(({ namespace }) => namespace === 'this');
  const inner = unmapped(address);
  const ours = isOurs(inner, block, here);
  return {
    scope: block.scope,
    block: block.block,
    source: block.source,
    ours,
    notes: [
      ...mappingNotes(address),
      ...blockNotes(inner, block),
      ...placeNotes(inner, here, ours),
    ],
  };
};

/** All of 127.0.0.0/8 is local on the loopback interface, whatever single address it shows. */
const isOurs = (
  address: string,
  { scope }: ScopeBlock,
  interfaces: readonly NetworkInterface[],
): boolean | null => {
  if (interfaces.length === 0 || scope === 'wildcard' || scope === 'multicast') return null;
  return interfaces.some((one) =>
    one.addresses.some(
      (own) =>
        own.address === address ||
        (one.loopback &&
          own.family === 'ipv4' &&
          inBlock(address, `${own.address}/${own.prefixLength}`)),
    ),
  );
};

const mappingNotes = (address: string): string[] => {
  const inner = mappedIPv4(address);
  return inner === null
    ? []
    : [`${address} is IPv4-mapped (RFC 4291 2.5.5.2): what goes there is IPv4, to ${inner}.`];
};

const blockNotes = (address: string, { block, scope, use }: ScopeBlock): string[] => {
  const notes = use === null ? [] : [`${block}: ${use}.`];
  const known = notesByAddress[address] ?? notesByScope[scope];
  if (known !== undefined) notes.push(known);
  if (scope === 'loopback' && address !== '::1' && address !== '127.0.0.1') {
    notes.push('A server on 127.0.0.1 alone does not answer here.');
  }
  return notes;
};

const notesByAddress: Readonly<Record<string, string>> = {
  '127.0.0.1': 'A server on 127.0.0.1 does not answer on ::1, which localhost may mean first.',
  '::1': 'A server on ::1 does not answer on 127.0.0.1, which localhost may mean too.',
  '169.254.169.254': 'Clouds answer here with the metadata and credentials of their machines.',
};

const notesByScope: Readonly<Record<string, string>> = {
  wildcard:
    'A server bound here answers on every address of its family; connecting here reaches loopback.',
  'link-local': 'Routers never forward it: it means something on its own link only.',
  multicast: 'A group, not a machine: whoever joined it receives.',
};

const placeNotes = (
  address: string,
  interfaces: readonly NetworkInterface[],
  ours: boolean | null,
): string[] => {
  if (ours === null || isLoopback(address)) return [];
  const near = interfaces.find((one) =>
    one.addresses.some((own) => inBlock(address, `${own.address}/${own.prefixLength}`)),
  );
  if (ours) {
    const holder = interfaces.find((one) => one.addresses.some((own) => own.address === address));
    return holder === undefined ? [] : [`It is this machine's, on ${holder.name}.`];
  }
  return near === undefined
    ? ['No interface of this machine has it.']
    : [`No interface of this machine has it; it is in the network of ${near.name}.`];
};
