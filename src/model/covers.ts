import { unmapped } from './ip.ts';
import type { InetListener } from './listener.ts';

/**
 * Whether datagrams or connections to `address` reach a listener bound as this one is (ip(7), ipv6(7)).
 * Where IPV6_V6ONLY could not be read, `::` is taken to answer IPv4 too, as it does by default.
 */
export const covers = (
  listener: Pick<InetListener, 'address' | 'v6only'>,
  address: string,
): boolean => {
  const bound = unmapped(listener.address);
  const reached = loopbackFor[unmapped(address)] ?? unmapped(address);
  if (bound === unmapped(address) || bound === reached) return true;
  const isIpv4 = !reached.includes(':');
  if (bound === '0.0.0.0') return isIpv4;
  return bound === '::' && (!isIpv4 || listener.v6only !== true);
};

/** Connecting to the wildcard reaches this machine's loopback address of that family. */
const loopbackFor: Readonly<Record<string, string | undefined>> = {
  '0.0.0.0': '127.0.0.1',
  '::': '::1',
};
