/** Where in a packet's way through the kernel a chain stands (netfilter hooks). */
export type FirewallHook =
  | 'prerouting'
  | 'input'
  | 'forward'
  | 'output'
  | 'postrouting'
  | 'ingress'
  | 'egress';

/** An inclusive range of ports, numbers, or one of them where both are equal. */
type NumberRange = { readonly first: number; readonly last: number };

/**
 * One condition of a rule. `negated`: it must not hold. `other`: a condition that Homeport does not
 * judge, as the tool wrote it; what such a rule does is then not known.
 */
export type FirewallCondition = { readonly negated: boolean } & (
  | { readonly kind: 'in-interface' | 'out-interface'; readonly names: readonly string[] }
  | { readonly kind: 'source' | 'destination'; readonly blocks: readonly string[] }
  | { readonly kind: 'source-port' | 'destination-port'; readonly ports: readonly NumberRange[] }
  | { readonly kind: 'protocol'; readonly protocols: readonly string[] }
  | { readonly kind: 'uid' | 'gid'; readonly ids: readonly NumberRange[] }
  /** Connection tracking states: new, established, related, invalid, untracked. */
  | { readonly kind: 'state'; readonly states: readonly string[] }
  | { readonly kind: 'family'; readonly family: 'ipv4' | 'ipv6' }
  | { readonly kind: 'other'; readonly text: string }
);

/** What a rule does with a packet that meets its conditions. `none`: counts, logs or marks it. */
export type FirewallAction =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'none' }
  /** `with`: tcp reset, icmp port unreachable … as the tool wrote it. */
  | { readonly kind: 'reject'; readonly with: string | null }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  /** The packet goes elsewhere (DNAT, REDIRECT, TPROXY): `to` as the tool wrote it. */
  | { readonly kind: 'redirect'; readonly to: string | null }
  | { readonly kind: 'other'; readonly text: string };

export type FirewallRule = {
  /** The rule as a person would look for it in the tool's own listing. */
  readonly text: string;
  readonly conditions: readonly FirewallCondition[];
  readonly action: FirewallAction;
  /** nftables' handle, by which one rule can be deleted; null in iptables. */
  readonly handle: number | null;
};

export type FirewallChain = {
  readonly tool: 'nft' | 'iptables' | 'ip6tables';
  /** `inet`, `ip`, `ip6` … of nftables; `ip` or `ip6` of iptables. */
  readonly family: string;
  readonly table: string;
  readonly name: string;
  /** null: reached by a jump alone. */
  readonly hook: FirewallHook | null;
  /** Lower comes first; null where there is no hook. */
  readonly priority: number | null;
  /** What happens at its end; null where there is no hook. */
  readonly policy: 'accept' | 'drop' | null;
  readonly rules: readonly FirewallRule[];
};

/** Every chain of the packet filter that could be read, in the tools' own order. */
export type Firewall = {
  readonly chains: readonly FirewallChain[];
  /** What could not be read or understood, one sentence each. */
  readonly notes: readonly string[];
};
