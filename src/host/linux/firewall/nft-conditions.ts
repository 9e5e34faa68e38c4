import type { FirewallCondition } from '../../../model/firewall.ts';
import { shortened } from './json.ts';

/** A condition that Homeport does not judge, as the tool wrote it. */
export const notJudged = (expression: unknown): FirewallCondition => ({
  negated: false,
  kind: 'other',
  text: shortened(expression),
});

/** That a packet is of this family. */
export const familyIs = (family: 'ipv4' | 'ipv6'): FirewallCondition => ({
  negated: false,
  kind: 'family',
  family,
});

/** That a packet is of this protocol above IP. */
export const protocolIs = (protocol: string): FirewallCondition => ({
  negated: false,
  kind: 'protocol',
  protocols: [protocol],
});
