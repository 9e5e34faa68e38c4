import type { FirewallCondition } from '../../../model/firewall.ts';
import { isRecord, list, onlyEntry } from './json.ts';
import { flagConditions } from './nft-flags.ts';
import { familyIs, notJudged, protocolIs } from './nft-conditions.ts';
import { asBlocks, asRanges, asWords, elementsOf, type NftScope } from './nft-values.ts';

/** The conditions of `{"match": {"op", "left", "right"}}` (libnftables-json(5)); never throws. */
export const matchConditions = (match: unknown, scope: NftScope): readonly FirewallCondition[] => {
  const { op, left, right } = isRecord(match) ? match : {};
  return conditionsOn(left, String(op), right, scope) ?? [notJudged(match)];
};

/** That a value (`left`) is, or is not, one of the right side; null: it can't be said. */
export const conditionsOn = (
  left: unknown,
  op: string,
  right: unknown,
  scope: NftScope,
): readonly FirewallCondition[] | null => {
  const [kind, field] = onlyEntry(left);
  if (kind === '&' || (kind === 'payload' && isRecord(field) && field['field'] === 'flags')) {
    return flagConditions(left, op, right);
  }
  if (kind === 'concat') return op === '==' ? eachOf(list(field), right, scope) : null;
  const subject = subjectOf(kind, field);
  const elements = elementsOf(right, scope);
  if (subject === null || elements === null) return null;
  const compared = isEquality(op) ? elements : rangeBy(op, elements[0]);
  const condition = compared === null ? null : subject.is(compared);
  return condition === null ? null : [...subject.implied, { ...condition, negated: op === '!=' }];
};

/** `ip daddr . tcp dport` is one value where it is compared with a single one. */
const eachOf = (
  parts: readonly unknown[],
  right: unknown,
  scope: NftScope,
): readonly FirewallCondition[] | null => {
  const [only, ...others] = elementsOf(right, scope) ?? [];
  const [kind, values] = onlyEntry(only);
  if (kind !== 'concat' || others.length > 0) return null;
  const conditions = parts.map((part, at) =>
    conditionsOn(part, '==', { set: [list(values)[at]] }, scope),
  );
  return conditions.includes(null) ? null : conditions.flatMap((one) => one ?? []);
};

const isEquality = (op: string): boolean => op === '==' || op === '!=' || op === 'in';

/** What is compared: how the values of it are a condition, and what nft leaves unsaid beside it. */
type Subject = {
  readonly implied: readonly FirewallCondition[];
  readonly is: (elements: readonly unknown[]) => FirewallCondition | null;
};

const subjectOf = (kind: string, value: unknown): Subject | null => {
  const field = isRecord(value) ? value : {};
  if (kind === 'meta') return metaSubject(String(field['key']));
  if (kind === 'payload') return payloadSubject(String(field['protocol']), String(field['field']));
  if (kind === 'ct') return field['key'] === 'state' ? plain(words('state')) : null;
  return kind === 'fib' ? fibSubject(field) : null;
};

const metaSubject = (key: string): Subject | null => {
  switch (key) {
    case 'iif':
    case 'iifname':
      return plain(words('in-interface'));
    case 'oif':
    case 'oifname':
      return plain(words('out-interface'));
    case 'iiftype':
      return plain(onlyLoopback('in-interface'));
    case 'oiftype':
      return plain(onlyLoopback('out-interface'));
    case 'skuid':
      return plain(ranges('uid'));
    case 'skgid':
      return plain(ranges('gid'));
    case 'l4proto':
      return plain(protocols);
    case 'nfproto':
    case 'protocol':
      return plain(families);
    default:
      return null;
  }
};

const payloadSubject = (protocol: string, field: string): Subject | null => {
  const implied = impliedBy(protocol);
  if (implied === null) return null;
  const is = payloadFields[field];
  return { implied, is: is ?? ((elements) => notJudged({ [`${protocol} ${field}`]: elements })) };
};

type ConditionMaker = Subject['is'];

/** A field of a header can be compared in packets that have this header alone. */
const impliedBy = (protocol: string): readonly FirewallCondition[] | null => {
  if (protocol === 'ip') return [familyIs('ipv4')];
  if (protocol === 'ip6') return [familyIs('ipv6')];
  if (protocol === 'th') return [];
  return transports.has(protocol) ? [protocolIs(protocol)] : null;
};

const transports: ReadonlySet<string> = new Set(
  'tcp udp udplite sctp dccp icmp icmpv6 igmp esp ah comp'.split(' '),
);

const words =
  (kind: 'in-interface' | 'out-interface' | 'state'): ConditionMaker =>
  (elements) => {
    const values = asWords(elements);
    if (values === null) return null;
    return kind === 'state'
      ? { negated: false, kind, states: values }
      : { negated: false, kind, names: values };
  };

const ranges =
  (kind: 'uid' | 'gid' | 'source-port' | 'destination-port'): ConditionMaker =>
  (elements) => {
    const values = asRanges(elements);
    if (values === null) return null;
    return kind === 'uid' || kind === 'gid'
      ? { negated: false, kind, ids: values }
      : { negated: false, kind, ports: values };
  };

const blocks =
  (kind: 'source' | 'destination'): ConditionMaker =>
  (elements) => {
    const values = asBlocks(elements);
    return values === null ? null : { negated: false, kind, blocks: values };
  };

const onlyLoopback =
  (kind: 'in-interface' | 'out-interface'): ConditionMaker =>
  ([type, ...others]) =>
    type === 'loopback' && others.length === 0 ? { negated: false, kind, names: ['lo'] } : null;

const protocols: ConditionMaker = (elements) => {
  const names = elements.map((one) => protocolNames[String(one)] ?? String(one));
  return { negated: false, kind: 'protocol', protocols: names };
};

// protocols(5)
const protocolNames: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp' };

const families: ConditionMaker = (elements) => {
  const found = elements.map((one) => familyNames[String(one)]);
  const [family] = found;
  return family === undefined || found.some((one) => one !== family) ? null : familyIs(family);
};

const familyNames: Readonly<Record<string, 'ipv4' | 'ipv6' | undefined>> = {
  ip: 'ipv4',
  ipv4: 'ipv4',
  ip6: 'ipv6',
  ipv6: 'ipv6',
};

const payloadFields: Readonly<Record<string, ConditionMaker | undefined>> = {
  saddr: blocks('source'),
  daddr: blocks('destination'),
  sport: ranges('source-port'),
  dport: ranges('destination-port'),
  protocol: protocols,
  nexthdr: protocols,
};

/** `fib daddr type local`, and the reverse path filter `fib saddr . iif oif missing`. */
const fibSubject = ({ result, flags }: Readonly<Record<string, unknown>>): Subject | null => {
  const keys = list(flags).map(String);
  if (result === 'type' && keys.length === 1) {
    if (keys[0] === 'daddr') return plain(addressTypes('destination-type'));
    if (keys[0] === 'saddr') return plain(addressTypes('source-type'));
  }
  return (result === 'oif' || result === 'oifname') && keys.includes('saddr')
    ? plain(reversePath)
    : null;
};

const addressTypes =
  (kind: 'source-type' | 'destination-type'): ConditionMaker =>
  (elements) => {
    const types = asWords(elements);
    return types === null ? null : { negated: false, kind, types };
  };

const reversePath: ConditionMaker = ([exists, ...others]) =>
  typeof exists === 'boolean' && others.length === 0
    ? { negated: false, kind: 'reverse-path', exists }
    : null;

const plain = (is: ConditionMaker): Subject => ({ implied: [], is });

const largest = 2 ** 32 - 1;

/** `>= 1024` and the like as a range; it need not end where the field does. */
const rangeBy = (op: string, value: unknown): readonly unknown[] | null => {
  const limit = Number(value);
  switch (op) {
    case '<':
      return [{ range: [0, limit - 1] }];
    case '<=':
      return [{ range: [0, limit] }];
    case '>':
      return [{ range: [limit + 1, largest] }];
    case '>=':
      return [{ range: [limit, largest] }];
    default:
      return null;
  }
};
