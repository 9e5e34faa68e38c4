/** Where in a packet's way through the kernel a chain stands (netfilter hooks). */
export type FirewallHook =
  | 'prerouting'
  | 'input'
  | 'forward'
  | 'output'
  | 'postrouting'
  | 'ingress'
  | 'egress';

/** An inclusive range of ports or ids, or one of them where both are equal. */
export type NumberRange = { readonly first: number; readonly last: number };

/**
 * One condition of a rule. `negated`: it must not hold. `other`: a condition that Homeport does not
 * judge, as the tool wrote it; what such a rule does is then not known.
 */
export type FirewallCondition = { readonly negated: boolean } &
  /** A final `*` stands for any ending. */
  (
    | { readonly kind: 'in-interface' | 'out-interface'; readonly names: readonly string[] }
    /** Each an address, `address/length` or `first-last`. */
    | { readonly kind: 'source' | 'destination'; readonly blocks: readonly string[] }
    /** What the routing table has an address for: local, unicast, broadcast … */
    | {
        readonly kind: 'source-type' | 'destination-type';
        readonly types: readonly string[];
      }
    /** Whether a packet's source could be answered by the interface that it came by. */
    | { readonly kind: 'reverse-path'; readonly exists: boolean }
    | { readonly kind: 'source-port' | 'destination-port'; readonly ports: readonly NumberRange[] }
    | { readonly kind: 'protocol'; readonly protocols: readonly string[] }
    | { readonly kind: 'uid' | 'gid'; readonly ids: readonly NumberRange[] }
    /** Connection tracking states: new, established, related, invalid, untracked. */
    | { readonly kind: 'state'; readonly states: readonly string[] }
    /** Of the flags in `mask` those in `flags` are set and no others; `any`: one of them at least. */
    | {
        readonly kind: 'tcp-flags';
        readonly match: 'exactly' | 'any';
        readonly mask: readonly string[];
        readonly flags: readonly string[];
      }
    | { readonly kind: 'family'; readonly family: 'ipv4' | 'ipv6' }
    | { readonly kind: 'other'; readonly text: string }
  );

/**
 * What a rule does with a packet that meets its conditions. `none`: counts, logs or marks it;
 * `untrack`: takes it out of connection tracking.
 */
export type FirewallAction =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'none' | 'untrack' }
  /** `with`: tcp reset, icmp port unreachable … as the tool wrote it. */
  | { readonly kind: 'reject'; readonly with: string | null }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  /**
   * The packet goes elsewhere (DNAT, REDIRECT, TPROXY). `to`: `127.0.0.1:4000`, `:4000` (this
   * machine), `10.0.0.1`; null: the port stays, or the tool wrote what Homeport does not judge.
   */
  | { readonly kind: 'redirect'; readonly to: string | null }
  | { readonly kind: 'other'; readonly text: string };

export type FirewallRule = {
  /** The rule as a person would look for it: of `nft list`, or a line of `iptables-save`. */
  readonly text: string;
  readonly conditions: readonly FirewallCondition[];
  readonly action: FirewallAction;
  /** nftables' handle, by which one rule can be deleted; null in iptables. */
  readonly handle: number | null;
};

export type FirewallChain = {
  readonly tool: 'nft' | 'iptables' | 'ip6tables';
  /** The program that changes it: `nft`, `iptables`, or `iptables-legacy` where both are in use. */
  readonly command: string;
  /** `inet`, `ip`, `ip6` … of nftables; `ip` or `ip6` of iptables. */
  readonly family: string;
  readonly table: string;
  readonly name: string;
  /** null: reached by a jump alone. */
  readonly hook: FirewallHook | null;
  /** `nat` chains see the first packet of a connection alone; null: reached by a jump alone. */
  readonly type: 'filter' | 'nat' | 'route' | null;
  /** The interface of an ingress or egress hook; null: there is none, or it was not told. */
  readonly device: string | null;
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
