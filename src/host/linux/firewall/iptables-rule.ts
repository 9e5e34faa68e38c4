import type { FirewallAction, FirewallCondition } from '../../../model/firewall.ts';
import { iptablesMatches, type IptablesMatch } from './iptables-matches.ts';

type Read = {
  readonly conditions: readonly FirewallCondition[];
  readonly action: FirewallAction;
};

/**
 * Reads the words of a rule behind `-A CHAIN` (iptables(8), iptables-extensions(8)). `chains`: those
 * of its table, which a rule may jump to. Options that are not judged become `other`; never throws.
 */
export const readIptablesRule = (words: readonly string[], chains: ReadonlySet<string>): Read => {
  const conditions: FirewallCondition[] = [];
  for (let at = 0; at < words.length;) {
    const negated = words[at] === '!';
    const start = negated ? at + 1 : at;
    const option = words[start] ?? '';
    const values = words.slice(start + 1);
    if (option === '-j' || option === '-g') {
      return { conditions, action: actionOf(option, values, chains) };
    }
    const match = iptablesMatches[option];
    const taken = match?.takes ?? valuesIn(values);
    conditions.push(...conditionsOf(match, option, values.slice(0, taken), negated));
    at = start + 1 + taken;
  }
  return { conditions, action: { kind: 'none' } };
};

const conditionsOf = (
  match: IptablesMatch | undefined,
  option: string,
  values: readonly string[],
  negated: boolean,
): readonly FirewallCondition[] =>
  match?.read(values, negated) ?? [
    {
      negated: false,
      kind: 'other',
      text: [negated ? '!' : '', option, ...values].join(' ').trim(),
    },
  ];

/** How many words belong to an option that is not known: up to the next one. */
const valuesIn = (words: readonly string[]): number => {
  const next = words.findIndex((word) => word === '!' || word.startsWith('-'));
  return next === -1 ? words.length : next;
};

const actionOf = (
  option: string,
  [target = '', ...options]: readonly string[],
  chains: ReadonlySet<string>,
): FirewallAction => {
  if (option === '-g') return { kind: 'goto', chain: target };
  const valueOf = (name: string): string | null => {
    const at = options.indexOf(name);
    return at === -1 ? null : (options[at + 1] ?? null);
  };
  switch (target) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return { kind: plainTargets[target] };
    case 'REJECT':
      return { kind: 'reject', with: valueOf('--reject-with') };
    case 'REDIRECT':
      return { kind: 'redirect', to: atThisMachine(valueOf('--to-ports')) };
    case 'DNAT':
      return { kind: 'redirect', to: valueOf('--to-destination') };
    case 'TPROXY':
      return { kind: 'redirect', to: atThisMachine(valueOf('--on-port')) };
    case 'NOTRACK':
      return { kind: 'untrack' };
    case 'CT':
      return { kind: options.includes('--notrack') ? 'untrack' : 'none' };
    default:
      if (chains.has(target)) return { kind: 'jump', chain: target };
      return goesOn.has(target) ? { kind: 'none' } : { kind: 'other', text: target };
  }
};

const plainTargets = { ACCEPT: 'accept', DROP: 'drop', RETURN: 'return' } as const;

const atThisMachine = (port: string | null): string | null => (port === null ? null : `:${port}`);

/** Targets after which the next rule is asked (iptables-extensions(8)). */
const goesOn: ReadonlySet<string> = new Set(
  (
    'AUDIT CHECKSUM CLASSIFY CONNMARK CONNSECMARK DSCP ECN HL HMARK IDLETIMER LED LOG MARK ' +
    'MASQUERADE NETMAP NFLOG RATEEST SECMARK SET SNAT TCPMSS TCPOPTSTRIP TEE TOS TRACE TTL ULOG'
  ).split(' '),
);
