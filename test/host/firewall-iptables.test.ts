import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIptablesSave } from '../../src/host/linux/firewall/iptables-save.ts';
import { savedWords } from '../../src/model/saved-words.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../fixtures/firewall', name), 'utf8');

const ipv4 = parseIptablesSave(fixture('iptables-nft-save.txt'), {
  tool: 'iptables',
  command: 'iptables',
});
const ipv6 = parseIptablesSave(fixture('ip6tables-nft-save.txt'), {
  tool: 'ip6tables',
  command: 'ip6tables',
});

const ruleOf = (line: string, chains = ipv4) => {
  const found = chains.flatMap(({ rules }) => rules).find(({ text }) => text === line);
  if (found === undefined) throw new Error(`no rule ${line}`);
  return { conditions: found.conditions, action: found.action };
};

const tcp = { negated: false, kind: 'protocol', protocols: ['tcp'] };
const port = (first: number, last = first) => ({
  negated: false,
  kind: 'destination-port',
  ports: [{ first, last }],
});

describe('the output of iptables-save', () => {
  it('is its chains with hooks, priorities and policies', () => {
    const shown = ipv4
      .filter(({ name }) => ['INPUT', 'OUTPUT', 'MINE'].includes(name))
      .map(({ table, name, hook, type, priority, policy }) => [
        table,
        name,
        hook,
        type,
        priority,
        policy,
      ]);
    expect(shown).toEqual([
      ['mangle', 'INPUT', 'input', 'filter', -150, 'accept'],
      ['mangle', 'OUTPUT', 'output', 'filter', -150, 'accept'],
      ['raw', 'OUTPUT', 'output', 'filter', -300, 'accept'],
      ['filter', 'INPUT', 'input', 'filter', 0, 'drop'],
      ['filter', 'OUTPUT', 'output', 'filter', 0, 'accept'],
      ['filter', 'MINE', null, null, null, null],
      ['nat', 'INPUT', 'input', 'nat', 100, 'accept'],
      ['nat', 'OUTPUT', 'output', 'nat', -100, 'accept'],
    ]);
    expect(new Set(ipv4.map(({ family }) => family))).toEqual(new Set(['ip']));
    expect(new Set(ipv6.map(({ family, tool }) => `${family} ${tool}`))).toEqual(
      new Set(['ip6 ip6tables']),
    );
  });

  it.each([
    [
      '-A INPUT -i lo -j ACCEPT',
      [{ negated: false, kind: 'in-interface', names: ['lo'] }],
      { kind: 'accept' },
    ],
    [
      '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      [{ negated: false, kind: 'state', states: ['related', 'established'] }],
      { kind: 'accept' },
    ],
    [
      '-A INPUT -p tcp -m multiport --dports 80,443,1000:2000 -m comment --comment "two \\"words\\"" -j ACCEPT',
      [
        tcp,
        {
          ...port(80),
          ports: [
            { first: 80, last: 80 },
            { first: 443, last: 443 },
            { first: 1000, last: 2000 },
          ],
        },
      ],
      { kind: 'accept' },
    ],
    [
      '-A INPUT -p tcp -m tcp ! --sport 5 --dport 1024:2048 -j MINE',
      [
        tcp,
        { negated: true, kind: 'source-port', ports: [{ first: 5, last: 5 }] },
        port(1024, 2048),
      ],
      { kind: 'jump', chain: 'MINE' },
    ],
    [
      '-A INPUT -p tcp -m tcp --dport 8080 -j REJECT --reject-with tcp-reset',
      [tcp, port(8080)],
      { kind: 'reject', with: 'tcp-reset' },
    ],
    [
      '-A INPUT -p tcp -m tcp --dport 8081 --tcp-flags FIN,SYN,RST,ACK SYN -j DROP',
      [
        tcp,
        port(8081),
        {
          negated: false,
          kind: 'tcp-flags',
          match: 'exactly',
          mask: ['fin', 'syn', 'rst', 'ack'],
          flags: ['syn'],
        },
      ],
      { kind: 'drop' },
    ],
    [
      '-A INPUT -m limit --limit 5/min -j LOG --log-prefix "hello "',
      [{ negated: false, kind: 'other', text: '--limit 5/min' }],
      { kind: 'none' },
    ],
    [
      '-A INPUT -m state --state NEW -g MINE',
      [{ negated: false, kind: 'state', states: ['new'] }],
      { kind: 'goto', chain: 'MINE' },
    ],
    [
      '-A INPUT -m addrtype --dst-type LOCAL -j ACCEPT',
      [{ negated: false, kind: 'destination-type', types: ['local'] }],
      { kind: 'accept' },
    ],
    [
      '-A INPUT -s 10.0.0.0/8 ! -d 10.0.0.1/32 -m iprange --src-range 10.2.3.4-10.2.3.9 -j DROP',
      [
        { negated: false, kind: 'source', blocks: ['10.0.0.0/8'] },
        { negated: true, kind: 'destination', blocks: ['10.0.0.1/32'] },
        { negated: false, kind: 'source', blocks: ['10.2.3.4-10.2.3.9'] },
      ],
      { kind: 'drop' },
    ],
    [
      '-A OUTPUT -m owner --uid-owner 1000-1005 -j DROP',
      [{ negated: false, kind: 'uid', ids: [{ first: 1000, last: 1005 }] }],
      { kind: 'drop' },
    ],
    [
      '-A OUTPUT -m owner ! --gid-owner 100 -j DROP',
      [{ negated: true, kind: 'gid', ids: [{ first: 100, last: 100 }] }],
      { kind: 'drop' },
    ],
    [
      '-A OUTPUT -o eth+ -j REJECT --reject-with icmp-port-unreachable',
      [{ negated: false, kind: 'out-interface', names: ['eth*'] }],
      { kind: 'reject', with: 'icmp-port-unreachable' },
    ],
    [
      '-A MINE -m mark --mark 0x1 -j RETURN',
      [{ negated: false, kind: 'other', text: '--mark 0x1' }],
      { kind: 'return' },
    ],
    [
      '-A PREROUTING -m rpfilter --loose --invert -j DROP',
      [{ negated: false, kind: 'reverse-path', exists: false }],
      { kind: 'drop' },
    ],
    [
      '-A OUTPUT -o lo -j CT --notrack',
      [{ negated: false, kind: 'out-interface', names: ['lo'] }],
      { kind: 'untrack' },
    ],
    [
      '-A OUTPUT -p tcp -m tcp --dport 3000 -j REDIRECT --to-ports 4000',
      [tcp, port(3000)],
      { kind: 'redirect', to: ':4000' },
    ],
    [
      '-A OUTPUT -p tcp -m tcp --dport 3001 -j DNAT --to-destination 127.0.0.1:4000',
      [tcp, port(3001)],
      { kind: 'redirect', to: '127.0.0.1:4000' },
    ],
  ])('reads %s', (line, conditions, action) => {
    expect(ruleOf(line)).toEqual({ conditions, action });
  });

  it('reads the same of the legacy variant, and of ip6tables', () => {
    const legacy = parseIptablesSave(fixture('iptables-legacy-save.txt'), {
      tool: 'iptables',
      command: 'iptables-legacy',
    });
    const byTable = (table: string) => (one: (typeof ipv4)[number]) => one.table === table;
    expect(legacy.filter(byTable('filter'))).toEqual(
      ipv4.filter(byTable('filter')).map((one) => ({ ...one, command: 'iptables-legacy' })),
    );
    expect(
      ruleOf('-A OUTPUT -p tcp -m tcp --dport 3001 -j DNAT --to-destination [::1]:4000', ipv6)
        .action,
    ).toEqual({ kind: 'redirect', to: '[::1]:4000' });
  });

  it.each([
    [
      '-A INPUT -m socket -j ACCEPT',
      [{ negated: false, kind: 'other', text: '-m socket' }],
      'accept',
    ],
    [
      '-A INPUT ! -f -m set ! --match-set bad src,dst -j DROP',
      [
        { negated: false, kind: 'other', text: '! -f' },
        { negated: false, kind: 'other', text: '! --match-set bad src,dst' },
      ],
      'drop',
    ],
    [
      '-A INPUT -m owner --uid-owner shop -j DROP',
      [{ negated: false, kind: 'other', text: '--uid-owner shop' }],
      'drop',
    ],
    ['-A INPUT -j NFQUEUE --queue-num 1', [], 'other'],
    ['-A INPUT', [], 'none'],
  ])('keeps what it does not judge of %s', (line, conditions, kind) => {
    const text = `*filter\n:INPUT ACCEPT [0:0]\n${line}\nCOMMIT\n`;
    const [chain] = parseIptablesSave(text, { tool: 'iptables', command: 'iptables' });
    expect(chain?.rules).toMatchObject([{ text: line, conditions, action: { kind } }]);
  });

  it('has no chains where nothing is declared', () => {
    const source = { tool: 'iptables', command: 'iptables' } as const;
    expect(parseIptablesSave('', source)).toEqual([]);
    expect(
      parseIptablesSave('# Table `filter` is incompatible, use `nft` tool.\n', source),
    ).toEqual([]);
    expect(parseIptablesSave('*filter\n-A NOWHERE -j DROP\nCOMMIT\n', source)).toEqual([]);
  });
});

describe('the words of a saved rule', () => {
  it('are parted by blanks outside quotes', () => {
    expect(savedWords(String.raw`-A INPUT --comment "say \"hi\" \\ it\'s" -j DROP`)).toEqual([
      '-A',
      'INPUT',
      '--comment',
      String.raw`say "hi" \ it's`,
      '-j',
      'DROP',
    ]);
    expect(savedWords('')).toEqual([]);
  });
});
