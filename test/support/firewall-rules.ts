import type { Trip } from '../../src/diagnose/firewall/path.ts';
import { parseIptablesSave } from '../../src/host/linux/firewall/iptables-save.ts';
import type { Firewall, FirewallChain, FirewallRule } from '../../src/model/firewall.ts';

/** A firewall of iptables: lines of `iptables-save` for a table, chains with rules declared by themselves. */
export const iptables = (
  tables: Readonly<Record<string, readonly string[]>>,
  tool: 'iptables' | 'ip6tables' = 'iptables',
): Firewall => {
  const saved = Object.entries(tables).flatMap(([table, lines]) => [
    `*${table}`,
    ...declarations(lines),
    ...lines.filter((line) => line.startsWith('-A')),
    'COMMIT',
  ]);
  return { chains: parseIptablesSave(saved.join('\n'), { tool, command: tool }), notes: [] };
};

/** `:INPUT DROP` as told, other built-in chains accept, the rest are a user's own. */
const declarations = (lines: readonly string[]): readonly string[] => {
  const told = lines.filter((line) => line.startsWith(':'));
  const names = new Set(
    lines.flatMap((line) => (line.startsWith('-A') ? [line.split(' ')[1] ?? ''] : [])),
  );
  const untold = [...names].filter((name) => !told.some((line) => line.startsWith(`:${name} `)));
  return [
    ...told.map((line) => `${line} [0:0]`),
    ...untold.map((name) => `:${name} ${builtIn.has(name) ? 'ACCEPT' : '-'} [0:0]`),
  ];
};

const builtIn: ReadonlySet<string> = new Set([
  'PREROUTING',
  'INPUT',
  'FORWARD',
  'OUTPUT',
  'POSTROUTING',
]);

/** A filter chain of nftables for both families, at input where nothing else is told. */
export const nftChain = (
  rules: readonly Partial<FirewallRule>[],
  told: Partial<FirewallChain> = {},
): FirewallChain => ({
  tool: 'nft',
  command: 'nft',
  family: 'inet',
  table: 't',
  name: 'i',
  hook: 'input',
  type: 'filter',
  device: null,
  priority: 0,
  policy: 'accept',
  rules: rules.map((rule, at) => ({
    text: `rule ${at + 1}`,
    conditions: [],
    action: { kind: 'accept' },
    handle: at + 1,
    ...rule,
  })),
  ...told,
});

/** User 1000 connects to 127.0.0.1:8080, where a server of user 33 listens. */
export const localTrip: Trip = {
  family: 'ipv4',
  protocol: 'tcp',
  source: '127.0.0.1',
  destination: '127.0.0.1',
  sourcePorts: { first: 32_768, last: 60_999 },
  destinationPorts: { first: 8080, last: 8080 },
  interface: 'lo',
  clientUid: 1000,
  serverUid: 33,
  isLocal: (address) =>
    address.startsWith('127.') || address === '::1' || address === '192.168.1.20',
};
