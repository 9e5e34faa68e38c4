import { unmapped } from '../model/ip.ts';
import type { Known } from '../model/known.ts';

/**
 * How two bound addresses meet on one port. `asked-wider`: a wildcard is asked for and an address
 * that it contains is held; `held-wider`: the reverse.
 */
export type BindOverlap = 'same' | 'asked-wider' | 'held-wider';

/** What is bound already; `v6only` of a socket that is not IPv6 is null. */
export type Held = { readonly address: string; readonly v6only: Known<boolean> | null };

/**
 * How a bind to `asked` meets what is held on the same port; null where both can be bound
 * (`ipv6_rcv_saddr_equal` of the kernel; IPV6_V6ONLY in ipv6(7)). `::` is asked for both families,
 * and held for both unless it is known not to be.
 */
export const bindOverlap = (asked: string, { address, v6only }: Held): BindOverlap | null => {
  const wanted = unmapped(asked);
  const held = unmapped(address);
  if (wanted === held) return 'same';
  if (contains(wanted, false, held)) return 'asked-wider';
  return contains(held, v6only === true, wanted) ? 'held-wider' : null;
};

const contains = (wide: string, v6only: boolean, narrow: string): boolean => {
  const isIpv4 = !narrow.includes(':');
  if (wide === '0.0.0.0') return isIpv4;
  return wide === '::' && !(v6only && isIpv4);
};
