import type { FirewallChain, FirewallHook, FirewallRule } from '../../../model/firewall.ts';
import { savedWords } from '../../../model/saved-words.ts';
import { readIptablesRule } from './iptables-rule.ts';

/** Whose output it is. */
export type IptablesSource = Pick<FirewallChain, 'command'> & {
  readonly tool: 'iptables' | 'ip6tables';
};

/**
 * The chains of `iptables-save` or `ip6tables-save` (iptables-save(8)), in their order. Lines that
 * are none of its own are left out; never throws.
 */
export const parseIptablesSave = (
  output: string,
  source: IptablesSource,
): readonly FirewallChain[] =>
  tablesOf(output).flatMap(({ table, lines }) => readTable(table, lines, source));

type Table = { readonly table: string; readonly lines: readonly string[] };

const tablesOf = (output: string): readonly Table[] =>
  output.split(/^(?=\*)/m).flatMap((part) => {
    const [head = '', ...lines] = part.split('\n');
    return head.startsWith('*') ? [{ table: head.slice(1).trim(), lines }] : [];
  });

const readTable = (
  table: string,
  lines: readonly string[],
  { tool, command }: IptablesSource,
): readonly FirewallChain[] => {
  const declared = lines.flatMap((line) => {
    const [, name, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, policy: policy ?? '-' }];
  });
  const names = new Set(declared.map(({ name }) => name));
  const rules = new Map<string, FirewallRule[]>(declared.map(({ name }) => [name, []]));
  for (const line of lines) {
    const [append, chain = '', ...words] = savedWords(line);
    if (append !== '-A') continue;
    rules.get(chain)?.push({ text: line, ...readIptablesRule(words, names), handle: null });
  }
  return declared.map(({ name, policy }) => {
    const hook = policy === '-' ? null : (hooks[name] ?? null);
    return {
      tool,
      command,
      family: tool === 'iptables' ? 'ip' : 'ip6',
      table,
      name,
      hook,
      type: hook === null ? null : table === 'nat' ? 'nat' : 'filter',
      device: null,
      priority: hook === null ? null : priorityOf(table, hook),
      policy: hook === null ? null : policy === 'DROP' ? 'drop' : 'accept',
      rules: rules.get(name) ?? [],
    };
  });
};

const hooks: Readonly<Record<string, FirewallHook | undefined>> = {
  PREROUTING: 'prerouting',
  INPUT: 'input',
  FORWARD: 'forward',
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
};

// enum nf_ip_hook_priorities of include/uapi/linux/netfilter_ipv4.h.
const priorities: Readonly<Record<string, number | undefined>> = {
  raw: -300,
  mangle: -150,
  nat: -100,
  filter: 0,
  security: 50,
};
const sourceNatPriority = 100;

const priorityOf = (table: string, hook: FirewallHook): number =>
  table === 'nat' && (hook === 'input' || hook === 'postrouting')
    ? sourceNatPriority
    : (priorities[table] ?? 0);
