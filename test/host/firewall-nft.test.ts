import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRuleset } from '../../src/host/linux/firewall/nft-ruleset.ts';
import { parseRuleTexts, ruleKey } from '../../src/host/linux/firewall/nft-texts.ts';
import type { FirewallRule } from '../../src/model/firewall.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../fixtures/firewall', name), 'utf8');

const texts = parseRuleTexts(fixture('nft.txt'));
const chains = parseRuleset(fixture('nft.json'), texts) ?? [];

const chain = (table: string, name: string) => {
  const found = chains.find((one) => one.table === table && one.name === name);
  if (found === undefined) throw new Error(`no chain ${name} of ${table}`);
  return found;
};

/** The rules that nft lists under this text: several where it has a verdict map. */
const rules = (text: string): readonly FirewallRule[] =>
  chains.flatMap((one) => one.rules.filter((rule) => rule.text === text));

const tcp = { negated: false, kind: 'protocol', protocols: ['tcp'] };
const ipv4 = { negated: false, kind: 'family', family: 'ipv4' };
const ipv6 = { negated: false, kind: 'family', family: 'ipv6' };
const ports = (...ranges: readonly (readonly [number, number])[]) => ({
  negated: false,
  kind: 'destination-port',
  ports: ranges.map(([first, last]) => ({ first, last })),
});

describe('a ruleset of nft', () => {
  it('is its chains with hooks, priorities and policies', () => {
    expect(
      chains.map((one) => [
        one.family,
        one.table,
        one.name,
        one.hook,
        one.type,
        one.priority,
        one.policy,
      ]),
    ).toEqual([
      ['inet', 't', 'j', null, null, null, null],
      ['inet', 't', 'i', 'input', 'filter', 0, 'drop'],
      ['ip', 'n', 'o', 'output', 'nat', -100, 'accept'],
      ['ip', 'n', 'p', 'postrouting', 'nat', 100, 'accept'],
      ['netdev', 'd', 'g', 'ingress', 'filter', 0, 'accept'],
      ['inet', 'g', 'g', 'ingress', 'filter', 0, 'accept'],
      ['inet', 'g', 'tp', 'prerouting', 'filter', -150, 'accept'],
    ]);
  });

  it('has every rule under the text and handle of nft list', () => {
    expect(texts.get(ruleKey('inet', 't', 7))).toBe('tcp dport 9 return');
    expect(chain('t', 'j').rules.map(({ text, handle }) => [handle, text])).toEqual([
      [7, 'tcp dport 9 return'],
      [9, 'meta skuid { 1000, 2000-2009 } drop'],
      [10, 'meta skuid 65534 reject'],
    ]);
    const written = chains.flatMap((one) => one.rules.map(({ text }) => text));
    expect(written.filter((text) => text.startsWith('['))).toEqual([]);
  });

  it.each([
    [
      'iifname "lo" accept comment "loop"',
      [{ negated: false, kind: 'in-interface', names: ['lo'] }],
    ],
    ['iifname "eth*" accept', [{ negated: false, kind: 'in-interface', names: ['eth*'] }]],
    ['iif "lo" accept', [{ negated: false, kind: 'in-interface', names: ['lo'] }]],
    ['meta iiftype loopback accept', [{ negated: false, kind: 'in-interface', names: ['lo'] }]],
    ['oifname "lo" drop', [{ negated: false, kind: 'out-interface', names: ['lo'] }]],
    [
      'ct state established,related accept',
      [{ negated: false, kind: 'state', states: ['established', 'related'] }],
    ],
    [
      'ct state { established, related } accept',
      [{ negated: false, kind: 'state', states: ['established', 'related'] }],
    ],
    ['ct state != established drop', [{ negated: true, kind: 'state', states: ['established'] }]],
    [
      'ip saddr != 10.0.0.0/8 drop',
      [ipv4, { negated: true, kind: 'source', blocks: ['10.0.0.0/8'] }],
    ],
    ['ip6 daddr ::1 drop', [ipv6, { negated: false, kind: 'destination', blocks: ['::1'] }]],
    ['tcp dport { 80, 443, 1000-2000 } accept', [tcp, ports([80, 80], [443, 443], [1000, 2000])]],
    ['tcp dport != 8080 counter drop', [tcp, { ...ports([8080, 8080]), negated: true }]],
    [
      'tcp dport >= 1024 tcp dport < 2048 drop',
      [tcp, ports([1024, 2 ** 32 - 1]), tcp, ports([0, 2047])],
    ],
    [
      'meta l4proto { tcp, udp } th dport 53 accept',
      [{ negated: false, kind: 'protocol', protocols: ['tcp', 'udp'] }, ports([53, 53])],
    ],
    ['meta protocol ip6 drop', [ipv6]],
    ['ip6 nexthdr tcp drop', [ipv6, tcp]],
    [
      'tcp flags syn / fin,syn,rst,ack accept',
      [
        tcp,
        {
          negated: false,
          kind: 'tcp-flags',
          match: 'exactly',
          mask: ['fin', 'syn', 'rst', 'ack'],
          flags: ['syn'],
        },
      ],
    ],
    [
      'tcp flags syn accept',
      [tcp, { negated: false, kind: 'tcp-flags', match: 'any', mask: [], flags: ['syn'] }],
    ],
    [
      'fib daddr type local accept',
      [{ negated: false, kind: 'destination-type', types: ['local'] }],
    ],
    [
      'meta skuid != 1000 drop',
      [{ negated: true, kind: 'uid', ids: [{ first: 1000, last: 1000 }] }],
    ],
    [
      'meta skuid > 1000 drop',
      [{ negated: false, kind: 'uid', ids: [{ first: 1001, last: 2 ** 32 - 1 }] }],
    ],
    ['meta skgid 100 drop', [{ negated: false, kind: 'gid', ids: [{ first: 100, last: 100 }] }]],
  ])('reads the conditions of %s', (text, conditions) => {
    expect(rules(text)[0]?.conditions).toEqual(conditions);
  });

  it('takes the elements of named sets', () => {
    expect(rules('ip saddr @lans tcp dport @ports accept')[0]?.conditions).toEqual([
      ipv4,
      {
        negated: false,
        kind: 'source',
        blocks: ['10.0.0.0/8', '192.168.1.5', '192.168.2.1-192.168.2.9'],
      },
      tcp,
      ports([80, 80], [443, 443]),
    ]);
  });

  it('makes a rule of each element of a verdict map, named or not', () => {
    expect(rules('tcp dport vmap @pv')).toMatchObject([
      { conditions: [tcp, ports([3000, 3000])], action: { kind: 'drop' }, handle: 25 },
      { conditions: [tcp, ports([4000, 4000])], action: { kind: 'jump', chain: 'j' }, handle: 25 },
    ]);
    expect(
      rules('ct state vmap { invalid : drop, established : accept, related : accept }').map(
        ({ action }) => action.kind,
      ),
    ).toEqual(['drop', 'accept', 'accept']);
    const [joined] = rules('tcp sport 1 tcp dport . ip saddr vmap { 1 . 1.2.3.4 : accept }');
    expect(joined?.conditions.slice(2)).toEqual([
      tcp,
      ports([1, 1]),
      ipv4,
      { negated: false, kind: 'source', blocks: ['1.2.3.4'] },
    ]);
  });

  it.each([
    ['reject', { kind: 'reject', with: 'icmpx port-unreachable' }, []],
    ['meta l4proto tcp reject with tcp reset', { kind: 'reject', with: 'tcp reset' }, [tcp, tcp]],
    ['reject with icmpv6 no-route', { kind: 'reject', with: 'icmpv6 no-route' }, [ipv6]],
    ['goto j', { kind: 'goto', chain: 'j' }, []],
    ['log prefix "x "', { kind: 'none' }, []],
    ['tcp dport 10 notrack', { kind: 'untrack' }, [tcp, ports([10, 10])]],
    [
      'tcp dport 3000 redirect to :4000',
      { kind: 'redirect', to: ':4000' },
      [tcp, ports([3000, 3000])],
    ],
    [
      'tcp dport 3001 dnat to 127.0.0.1:4000',
      { kind: 'redirect', to: '127.0.0.1:4000' },
      [tcp, ports([3001, 3001])],
    ],
    [
      'tcp dport 3002 dnat to 10.0.0.1',
      { kind: 'redirect', to: '10.0.0.1' },
      [tcp, ports([3002, 3002])],
    ],
    [
      'oifname "eth0" masquerade',
      { kind: 'none' },
      [{ negated: false, kind: 'out-interface', names: ['eth0'] }],
    ],
  ])('reads what %s does', (text, action, conditions) => {
    expect(rules(text)[0]).toMatchObject({ action, conditions });
  });

  it.each([
    'limit rate 10/second accept',
    'meta mark 0x00000001 drop',
    'ct count 5 drop',
    'ct expiration 5s accept',
  ])('says that it does not judge %s', (text) => {
    expect(rules(text)[0]?.conditions.map(({ kind }) => kind)).toEqual(['other']);
  });

  it('does not judge where a map sends a packet', () => {
    const [rule] = rules('tcp dport 1-9 redirect to :tcp dport map { 1 : 2 }');
    expect(rule?.action).toMatchObject({ kind: 'redirect', to: expect.stringContaining('map') });
  });

  it('is null where the text is none, and has no chains of bridges', () => {
    expect(parseRuleset('', texts)).toBeNull();
    expect(parseRuleset('{"nftables": 3}', texts)).toBeNull();
    const bridge = { chain: { family: 'bridge', table: 'b', name: 'c', hook: 'input', prio: 0 } };
    expect(parseRuleset(JSON.stringify({ nftables: [bridge, 3, null, {}] }), texts)).toEqual([]);
  });

  it('survives statements of whatever shape', () => {
    const odd = [null, 3, {}, { match: null }, { match: { op: '==', left: 3 } }, { vmap: null }];
    const rule = { family: 'ip', table: 't', chain: 'c', handle: 'x', expr: odd };
    const inChain = { family: 'ip', table: 't', name: 'c' };
    const [only] =
      parseRuleset(JSON.stringify({ nftables: [{ chain: inChain }, { rule }] }), texts) ?? [];
    expect(only?.rules.map(({ action }) => action.kind)).toEqual(['other']);
  });
});
