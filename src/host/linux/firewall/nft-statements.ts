import type { FirewallAction, FirewallCondition } from '../../../model/firewall.ts';
import { isRecord, type Json, list, number, onlyEntry, record, shortened, text } from './json.ts';
import { familyIs, notJudged, protocolIs } from './nft-conditions.ts';
import { conditionsOn, matchConditions } from './nft-match.ts';
import { bareElement, type NftScope, setKey } from './nft-values.ts';

/** What one statement says: conditions, and the action that ends its rule; null: none. */
type Statement = {
  readonly conditions: readonly FirewallCondition[];
  readonly action: FirewallAction | null;
};

/** One of the rules that a rule is, where a verdict map makes several of it. */
export type ParsedRule = {
  readonly conditions: readonly FirewallCondition[];
  readonly action: FirewallAction;
};

/**
 * Reads the statements of a rule in their order (libnftables-json(5), "Statements"). A rule with a
 * verdict map becomes one rule for each of its elements. Never throws.
 */
export const readStatements = (
  expressions: readonly unknown[],
  scope: NftScope,
): readonly ParsedRule[] => {
  const before: FirewallCondition[] = [];
  const rules: ParsedRule[] = [];
  for (const expression of expressions) {
    const [kind, value] = onlyEntry(expression);
    if (kind === 'vmap') {
      rules.push(...mapped(value, scope, before));
      continue;
    }
    const { conditions, action } = statementOf(kind, value, scope);
    before.push(...conditions);
    if (action !== null) rules.push({ conditions: [...before], action });
  }
  return rules.length > 0 ? rules : [{ conditions: before, action: { kind: 'none' } }];
};

const statementOf = (kind: string, value: unknown, scope: NftScope): Statement => {
  if (kind === 'match') return { conditions: matchConditions(value, scope), action: null };
  if (withoutEffect.has(kind)) return nothing;
  const action = actionOf(kind, value);
  if (action === null) return { conditions: [notJudged({ [kind]: value })], action: null };
  return { conditions: kind === 'reject' ? impliedByReject(record(value)) : [], action };
};

const nothing: Statement = { conditions: [], action: null };

/** Statements after which the packet goes on as it was, as far as a verdict is concerned. */
const withoutEffect: ReadonlySet<string> = new Set(
  'counter log continue masquerade snat flow meter-set secmark last comment'.split(' '),
);

const actionOf = (kind: string, value: unknown): FirewallAction | null => {
  switch (kind) {
    case 'accept':
    case 'drop':
    case 'return':
      return { kind };
    case 'notrack':
      return { kind: 'untrack' };
    case 'jump':
    case 'goto':
      return { kind, chain: String(record(value)['target']) };
    case 'reject':
      return { kind, with: rejectText(record(value)) };
    case 'redirect':
    case 'dnat':
    case 'tproxy':
      return { kind: 'redirect', to: redirectTo(record(value)) };
    case 'mangle':
      return isPayload(record(value)['key']) ? { kind: 'other', text: 'mangle' } : { kind: 'none' };
    default:
      return handsOver.has(kind) ? { kind: 'other', text: kind } : null;
  }
};

/** Statements after which a program, another interface or a proxy of the kernel decides. */
const handsOver: ReadonlySet<string> = new Set(['queue', 'synproxy', 'fwd']);

/** To change an address or a port is to send it elsewhere; a mark changes nothing by itself. */
const isPayload = (key: unknown): boolean => onlyEntry(key)[0] === 'payload';

/** `tcp reset`, `icmpx admin-prohibited`; null: the kernel's default. */
const rejectText = ({ type, expr }: Json): string | null => {
  const words = [text(type), text(expr)].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(' ');
};

/** nft leaves a condition unsaid that the kind of the answer needs. */
const impliedByReject = ({ type }: Json): readonly FirewallCondition[] => {
  if (type === 'tcp reset') return [protocolIs('tcp')];
  if (type === 'icmp') return [familyIs('ipv4')];
  return type === 'icmpv6' ? [familyIs('ipv6')] : [];
};

const redirectTo = (target: Json): string | null => {
  const [address, port] = [text(target['addr']), number(target['port'])];
  const isPlain =
    (address === null) === (target['addr'] === undefined) &&
    (port === null) === (target['port'] === undefined);
  if (!isPlain) return shortened(target);
  const suffix = port === null ? '' : `:${port}`;
  if (address === null) return suffix === '' ? null : suffix;
  return address.includes(':') && suffix !== '' ? `[${address}]${suffix}` : `${address}${suffix}`;
};

/** `tcp dport vmap { 3000 : drop }`: a rule for each element, the catch-all (`*`) last. */
const mapped = (
  value: unknown,
  scope: NftScope,
  before: readonly FirewallCondition[],
): readonly ParsedRule[] => {
  const { key, data } = record(value);
  const pairs = pairsOf(data, scope);
  if (pairs === null) return [{ conditions: before, action: other(value) }];
  const rules = pairs.map(([element, verdict]) => {
    const [kind, target] = onlyEntry(verdict);
    const conditions = isCatchAll(element)
      ? []
      : (conditionsOn(key, '==', { set: [element] }, scope) ?? [notJudged({ key, element })]);
    return {
      conditions: [...before, ...conditions],
      action: actionOf(kind, target) ?? (kind === 'continue' ? none : other(verdict)),
    };
  });
  return [
    ...rules.filter((_, at) => !isCatchAll(pairs[at]?.[0])),
    ...rules.filter((_, at) => isCatchAll(pairs[at]?.[0])),
  ];
};

const none: FirewallAction = { kind: 'none' };

const other = (value: unknown): FirewallAction => ({ kind: 'other', text: shortened(value) });

const isCatchAll = (element: unknown): boolean => element === '*';

const pairsOf = (
  data: unknown,
  { family, table, sets }: NftScope,
): readonly (readonly [unknown, unknown])[] | null => {
  const name = text(data);
  const elements =
    name?.startsWith('@') === true
      ? sets.get(setKey(family, table, name.slice(1)))
      : isRecord(data)
        ? list(data['set'])
        : undefined;
  return elements?.map((pair) => [bareElement(list(pair)[0]), list(pair)[1]] as const) ?? null;
};
