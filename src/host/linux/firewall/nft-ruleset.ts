import type { FirewallChain, FirewallHook, FirewallRule } from '../../../model/firewall.ts';
import { isRecord, type Json, list, number, onlyEntry, text } from './json.ts';
import { readStatements } from './nft-statements.ts';
import { type RuleTexts, ruleKey } from './nft-texts.ts';
import { readSets, type NftSets } from './nft-values.ts';

/**
 * The chains of `nft --json list ruleset` (libnftables-json(5)) that packets between addresses meet:
 * those of bridge and arp tables are left out. `texts`: how `nft list` writes each rule. null where
 * the text is no ruleset; never throws.
 */
export const parseRuleset = (output: string, texts: RuleTexts): readonly FirewallChain[] | null => {
  const objects = objectsOf(output);
  if (objects === null) return null;
  const sets = readSets(objects);
  const rules = rulesByChain(objects, sets, texts);
  return objects.flatMap((object) => {
    const [kind, chain] = onlyEntry(object);
    return kind === 'chain' && isRecord(chain) && hasAddresses(chain['family'])
      ? [readChain(chain, rules)]
      : [];
  });
};

const objectsOf = (output: string): readonly Json[] | null => {
  try {
    const whole: unknown = JSON.parse(output);
    const objects = isRecord(whole) ? whole['nftables'] : undefined;
    return Array.isArray(objects) ? objects.filter(isRecord) : null;
  } catch {
    return null;
  }
};

const hasAddresses = (family: unknown): boolean => family !== 'bridge' && family !== 'arp';

type RulesByChain = ReadonlyMap<string, readonly FirewallRule[]>;

const chainKey = ({ family, table }: Json, name: unknown): string =>
  `${String(family)} ${String(table)} ${String(name)}`;

const rulesByChain = (objects: readonly Json[], sets: NftSets, texts: RuleTexts): RulesByChain => {
  const rules = new Map<string, FirewallRule[]>();
  for (const object of objects) {
    const [kind, rule] = onlyEntry(object);
    if (kind !== 'rule' || !isRecord(rule)) continue;
    const key = chainKey(rule, rule['chain']);
    const found = rules.get(key) ?? [];
    found.push(...readRule(rule, sets, texts));
    rules.set(key, found);
  }
  return rules;
};

const readRule = (rule: Json, sets: NftSets, texts: RuleTexts): readonly FirewallRule[] => {
  const [family, table] = [String(rule['family']), String(rule['table'])];
  const expressions = list(rule['expr']);
  const handle = number(rule['handle']);
  const written = handle === null ? undefined : texts.get(ruleKey(family, table, handle));
  return readStatements(expressions, { family, table, sets }).map((parsed) => ({
    text: written ?? JSON.stringify(expressions),
    ...parsed,
    handle,
  }));
};

const readChain = (chain: Json, rules: RulesByChain): FirewallChain => {
  const hook = hooks.find((name) => name === chain['hook']) ?? null;
  const devices = [chain['dev']].flat().map(text);
  return {
    tool: 'nft',
    command: 'nft',
    family: String(chain['family']),
    table: String(chain['table']),
    name: String(chain['name']),
    hook,
    type: types.find((name) => name === chain['type']) ?? null,
    device: devices.length === 1 ? (devices[0] ?? null) : null,
    priority: hook === null ? null : (number(chain['prio']) ?? 0),
    policy: hook === null ? null : chain['policy'] === 'drop' ? 'drop' : 'accept',
    rules: rules.get(chainKey(chain, chain['name'])) ?? [],
  };
};

const hooks: readonly FirewallHook[] = [
  'prerouting',
  'input',
  'forward',
  'output',
  'postrouting',
  'ingress',
  'egress',
];

const types = ['filter', 'nat', 'route'] as const;
