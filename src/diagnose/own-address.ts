import { inBlock, unmapped } from '../model/ip.ts';
import { isKnown } from '../model/known.ts';
import type { NetworkInterface } from '../model/machine.ts';
import { isLoopback, isWildcard } from '../model/scope.ts';
import type { MachineFacts } from './facts.ts';

/**
 * The interface of this network namespace that has an address; null: none has it. All of the block
 * of a loopback interface is its own (127.0.0.0/8, RFC 1122 3.2.1.3).
 */
export const interfaceWith = (
  address: string,
  interfaces: readonly NetworkInterface[],
): NetworkInterface | null =>
  hereWith(
    interfaces,
    (own, { loopback }) =>
      own.address === unmapped(address) ||
      (loopback && own.family === 'ipv4' && isInNetwork(address, own)),
  );

/**
 * Whether this machine answers for an address: an interface has it, or it is loopback or a wildcard,
 * which are every machine's own.
 */
export const isOwnAddress = (address: string, interfaces: readonly NetworkInterface[]): boolean =>
  isLoopback(address) || isWildcard(address) || interfaceWith(address, interfaces) !== null;

/** The interface whose network an address lies in, though it is another machine's; null: none. */
export const interfaceNear = (
  address: string,
  interfaces: readonly NetworkInterface[],
): NetworkInterface | null => hereWith(interfaces, (own) => isInNetwork(address, own));

type OwnAddress = NetworkInterface['addresses'][number];

/** The first interface of this network namespace one of whose addresses is such a one. */
const hereWith = (
  interfaces: readonly NetworkInterface[],
  isSuch: (own: OwnAddress, holder: NetworkInterface) => boolean,
): NetworkInterface | null =>
  interfaces.find(
    (one) => one.namespace === 'this' && one.addresses.some((own) => isSuch(own, one)),
  ) ?? null;

const isInNetwork = (address: string, own: OwnAddress): boolean =>
  inBlock(unmapped(address), `${own.address}/${own.prefixLength}`);

/** Whether the kernel keeps what goes to an address on this machine (ip-route(8), type local); null: not asked. */
export const isRoutedHere = (
  address: string,
  { network }: Pick<MachineFacts, 'network'>,
): boolean | null => {
  const route = isKnown(network) ? network.routes[address] : undefined;
  return route === undefined || !isKnown(route) ? null : route.kind === 'local';
};
