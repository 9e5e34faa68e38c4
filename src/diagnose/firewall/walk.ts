import type {
  FirewallAction,
  FirewallChain,
  FirewallCondition,
  FirewallRule,
} from '../../model/firewall.ts';
import { type Match, matches } from './match.ts';
import type { Packet } from './packet.ts';

/** A rule, and the chain that it stands in; without one: the chain's policy. */
export type Place = { readonly chain: FirewallChain; readonly rule: FirewallRule | null };

/** What ends a packet's way through a base chain. `return`: it may have left a chain that decides. */
export type Decision = {
  readonly place: Place;
  readonly action:
    | { readonly kind: 'accept' | 'drop' | 'return' }
    | Extract<FirewallAction, { kind: 'reject' }>
    | Extract<FirewallAction, { kind: 'other' }>
    | Redirection;
};

type Redirection = Extract<FirewallAction, { kind: 'redirect' }>;

/** What would be decided if conditions held that can't be judged; `because` is the first of them. */
export type Doubt = Decision & { readonly because: FirewallCondition | null };

/** What one base chain does with a packet: for certain if no doubt holds. */
export type ChainFate = {
  readonly decision: Decision;
  readonly doubts: readonly Doubt[];
  /** Whether it takes the packet out of connection tracking. */
  readonly untracks: boolean;
};

/**
 * Sends a packet through a base chain: rule by rule, by jumps and gotos, to a verdict or the chain's
 * policy (nft(8), "VERDICT STATEMENT"; iptables(8), "TARGETS"). `chains`: those it may jump to. Pure.
 */
export const walkChain = (
  base: FirewallChain,
  chains: readonly FirewallChain[],
  packet: Packet,
): ChainFate => {
  const walk: Walk = {
    packet,
    find: finder(base, chains),
    doubts: [],
    rulesLeft: mostRules,
    untracks: false,
  };
  const met = throughChain(base, walk, null, deepest);
  const policy: Decision = { place: { chain: base, rule: null }, action: policyOf(base) };
  return { decision: met ?? policy, doubts: walk.doubts, untracks: walk.untracks };
};

type Walk = {
  readonly packet: Packet;
  readonly find: (name: string) => FirewallChain | undefined;
  readonly doubts: Doubt[];
  /** Of a snapshot anything may be read, chains that jump to one another too. */
  rulesLeft: number;
  untracks: boolean;
};

const mostRules = 100_000;

/** The kernel's NFT_JUMP_STACK_SIZE. */
const deepest = 16;

const policyOf = ({ policy }: FirewallChain): Decision['action'] => ({
  kind: policy === 'drop' ? 'drop' : 'accept',
});

const finder = (base: FirewallChain, chains: readonly FirewallChain[]): Walk['find'] => {
  const own = chains.filter(
    (chain) =>
      chain.command === base.command && chain.family === base.family && chain.table === base.table,
  );
  const byName = new Map(own.map((chain) => [chain.name, chain]));
  return (name) => byName.get(name);
};

/** null: the packet comes to the end, or back by `return`. `because`: the condition it hangs on. */
const throughChain = (
  chain: FirewallChain,
  walk: Walk,
  because: FirewallCondition | null,
  depth: number,
): Decision | null => {
  for (const rule of chain.rules) {
    walk.rulesLeft -= 1;
    const place = { chain, rule };
    if (walk.rulesLeft < 0 || depth === 0) return { place, action: tooMuch };
    const { match, doubtful } = ruleMatch(rule, walk.packet);
    if (match === 'no') continue;
    const hangsOn = because ?? doubtful;
    const step = stepOf(place, walk, hangsOn, depth);
    if (step === 'next') continue;
    if (match === 'yes') return step;
    walk.doubts.push({ ...(step ?? { place, action: { kind: 'return' } }), because: hangsOn });
  }
  return null;
};

const tooMuch = { kind: 'other', text: 'too many rules' } as const;

/** What a rule does if its conditions hold: `next`: the next rule is asked; null: the chain is left. */
const stepOf = (
  place: Place & { readonly rule: FirewallRule },
  walk: Walk,
  because: FirewallCondition | null,
  depth: number,
): Decision | null | 'next' => {
  const { action } = place.rule;
  switch (action.kind) {
    case 'none':
      return 'next';
    case 'untrack':
      walk.untracks ||= because === null;
      return 'next';
    case 'return':
      return null;
    case 'jump':
    case 'goto': {
      const chain = walk.find(action.chain);
      if (chain === undefined) return { place, action: { kind: 'other', text: 'no such chain' } };
      const met = throughChain(chain, walk, because, depth - 1);
      return met ?? (action.kind === 'goto' ? null : 'next');
    }
    case 'accept':
    case 'drop':
      return { place, action: { kind: action.kind } };
    case 'reject':
    case 'redirect':
    case 'other':
      return { place, action };
  }
};

/** Whether all conditions hold, and the first that can't be judged. */
const ruleMatch = (
  { conditions }: FirewallRule,
  packet: Packet,
): { readonly match: Match; readonly doubtful: FirewallCondition | null } => {
  let doubtful: FirewallCondition | null = null;
  for (const condition of conditions) {
    const match = matches(condition, packet);
    if (match === 'no') return { match, doubtful: null };
    if (match === 'maybe') doubtful ??= condition;
  }
  return { match: doubtful === null ? 'yes' : 'maybe', doubtful };
};
