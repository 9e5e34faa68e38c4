import { inBlock, unmapped } from '../model/ip.ts';
import type { NetworkInterface } from '../model/machine.ts';

/**
 * The interface of this network namespace that has an address; null: none has it. All of the block
 * of a loopback interface is its own (127.0.0.0/8, RFC 1122 3.2.1.3).
 */
export const interfaceWith = (
  address: string,
  interfaces: readonly NetworkInterface[],
): NetworkInterface | null =>
  interfaces.find(
    (one) =>
      one.namespace === 'this' &&
      one.addresses.some(
        (own) =>
          own.address === unmapped(address) ||
          (one.loopback &&
            own.family === 'ipv4' &&
            inBlock(unmapped(address), `${own.address}/${own.prefixLength}`)),
      ),
  ) ?? null;

/** The interface whose network an address lies in, though it is another machine's; null: none. */
export const interfaceNear = (
  address: string,
  interfaces: readonly NetworkInterface[],
): NetworkInterface | null =>
  interfaces.find(
    (one) =>
      one.namespace === 'this' &&
      one.addresses.some((own) => inBlock(unmapped(address), `${own.address}/${own.prefixLength}`)),
  ) ?? null;
