import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeTrip, type TripFate } from '../../../src/diagnose/firewall/judge-trip.ts';
import type { Trip } from '../../../src/diagnose/firewall/path.ts';
import { parseIptablesSave } from '../../../src/host/linux/firewall/iptables-save.ts';
import { parseRuleset } from '../../../src/host/linux/firewall/nft-ruleset.ts';
import type { Firewall, FirewallChain, FirewallRule } from '../../../src/model/firewall.ts';
import { iptables, localTrip, nftChain } from '../../support/firewall-rules.ts';

/** `drop request input: -A INPUT -j DROP`, `accept`, `unknown: …`. */
const told = (fate: TripFate): string => {
  if (fate.verdict === 'accept') return 'accept';
  const { place } = fate.verdict === 'unknown' ? fate.doubt : fate;
  const text = place.rule === null ? `policy of ${place.chain.name}` : place.rule.text;
  return fate.verdict === 'unknown'
    ? `unknown: ${text}`
    : `${fate.verdict} ${fate.leg} ${fate.hook}: ${text}`;
};

const filtered = (lines: readonly string[], trip: Partial<Trip> = {}): string =>
  told(judgeTrip(iptables({ filter: lines }), { ...localTrip, ...trip }));

const chains = (...all: readonly FirewallChain[]): Firewall => ({ chains: all, notes: [] });
const drop: Partial<FirewallRule> = { text: 'drop', action: { kind: 'drop' } };

describe('a connection through a firewall', () => {
  it('passes where there are no rules', () => {
    expect(told(judgeTrip(chains(), localTrip))).toBe('accept');
  });

  it.each([
    ['-A INPUT -p tcp --dport 8080 -j DROP', 'drop request input'],
    ['-A OUTPUT -p tcp --dport 8080 -j REJECT --reject-with tcp-reset', 'reject request output'],
    ['-A INPUT -p tcp --sport 8080 -j DROP', 'drop reply input'],
    ['-A OUTPUT -m conntrack --ctstate ESTABLISHED -o lo -j DROP', 'drop reply output'],
    [
      '-A INPUT -p tcp --dport 8080 -m conntrack --ctstate ESTABLISHED -j REJECT --reject-with tcp-reset',
      'reject data input',
    ],
    ['-A OUTPUT -m owner --uid-owner 1000 -j DROP', 'drop request output'],
    // The answer of a server is sent by the user whose server it is.
    ['-A OUTPUT -m owner --uid-owner 33 -j DROP', 'drop reply output'],
    ['-A INPUT -p tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP', 'drop request input'],
    ['-A OUTPUT -p tcp --tcp-flags SYN,ACK SYN,ACK -j DROP', 'drop reply output'],
  ])('is stopped by %s', (rule, where) => {
    expect(filtered([rule])).toBe(`${where}: ${rule}`);
  });

  it.each([
    '-A INPUT -p tcp --dport 8081 -j DROP',
    '-A INPUT -p udp --dport 8080 -j DROP',
    '-A INPUT ! -i lo -j DROP',
    '-A INPUT -i eth+ -j DROP',
    '-A INPUT -s 10.0.0.0/8 -j DROP',
    '-A FORWARD -j DROP',
    '-A INPUT -m conntrack --ctstate INVALID -j DROP',
    '-A OUTPUT -m owner --uid-owner 1001-2000 -j DROP',
    '-A INPUT -m owner --uid-owner 1000 -j DROP',
    '-A INPUT -m owner ! --uid-owner 1000 -j DROP',
    '-A INPUT -m addrtype ! --dst-type LOCAL -j DROP',
    '-A INPUT -p tcp ! --dport 8080 -m conntrack --ctstate NEW -j DROP',
  ])('is not stopped by %s', (rule) => {
    expect(filtered([rule])).toBe('accept');
  });

  it('meets the policy where no rule decides', () => {
    expect(filtered([':INPUT DROP', '-A INPUT -p tcp --dport 22 -j ACCEPT'])).toBe(
      'drop request input: policy of INPUT',
    );
    expect(filtered([':INPUT DROP', '-A INPUT -i lo -j ACCEPT'])).toBe('accept');
    const portAlone = [':INPUT DROP', '-A INPUT -p tcp --dport 8080 -j ACCEPT'];
    expect(filtered(portAlone)).toBe('drop reply input: policy of INPUT');
    const both = [...portAlone, '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'];
    expect(filtered(both)).toBe('accept');
  });

  it('goes by jumps and comes back, and by gotos and does not', () => {
    const rules = ['-A MINE -p udp -j ACCEPT', '-A MINE -p tcp -j RETURN', '-A MINE -j DROP'];
    expect(filtered([...rules, '-A INPUT -j MINE', '-A INPUT -j DROP'])).toBe(
      'drop request input: -A INPUT -j DROP',
    );
    expect(filtered([...rules, '-A INPUT -g MINE', '-A INPUT -j DROP'])).toBe('accept');
    expect(filtered(['-A MINE -j DROP', '-A INPUT -j MINE'])).toBe(
      'drop request input: -A MINE -j DROP',
    );
  });

  it('is stopped by any chain of a hook, though others accept', () => {
    const open = nftChain([{ action: { kind: 'accept' } }], { name: 'open', priority: -10 });
    const closed = nftChain([drop], { name: 'closed', priority: 10 });
    expect(told(judgeTrip(chains(closed, open), localTrip))).toBe('drop request input: drop');
  });

  it('meets the chain of the lowest priority first', () => {
    const late = nftChain([{ ...drop, text: 'late' }], { priority: 5 });
    const early = nftChain([{ ...drop, text: 'early' }], { priority: -5 });
    expect(told(judgeTrip(chains(late, early), localTrip))).toContain('early');
  });

  it('meets the hooks in their order, those of lo itself between leaving and arriving', () => {
    const at = (hook: FirewallChain['hook'], told_: Partial<FirewallChain> = {}) =>
      nftChain([{ ...drop, text: `at ${hook}` }], { hook, ...told_ });
    const netdev = { family: 'netdev', device: 'lo' };
    const all = [
      at('input'),
      at('prerouting'),
      at('ingress', netdev),
      at('egress', netdev),
      at('postrouting'),
      at('output'),
    ];
    const met = all.map((_, left) => told(judgeTrip(chains(...all.slice(0, left + 1)), localTrip)));
    expect(met.map((text) => text.split(' ')[2])).toEqual([
      'input:',
      'prerouting:',
      'ingress:',
      'egress:',
      'postrouting:',
      'output:',
    ]);
    const elsewhere = at('ingress', { family: 'netdev', device: 'eth0' });
    expect(told(judgeTrip(chains(elsewhere), localTrip))).toBe('accept');
  });

  it('sees the rules of its family alone', () => {
    const firewall = iptables({ filter: ['-A INPUT -j DROP'] }, 'ip6tables');
    expect(told(judgeTrip(firewall, localTrip))).toBe('accept');
    const ipv6 = { ...localTrip, family: 'ipv6', source: '::1', destination: '::1' } as const;
    expect(told(judgeTrip(firewall, ipv6))).toContain('drop request input');
  });

  it('to another machine leaves by its interface, and the answer comes by it', () => {
    const remote: Partial<Trip> = {
      source: '192.168.1.20',
      destination: '192.168.1.9',
      interface: 'eth0',
      serverUid: null,
    };
    expect(filtered(['-A OUTPUT -o eth0 -j DROP'], remote)).toContain('drop request output');
    expect(filtered([':INPUT DROP'], remote)).toBe('drop reply input: policy of INPUT');
    expect(filtered(['-A INPUT -p tcp --dport 8080 -j DROP'], remote)).toBe('accept');
    expect(filtered(['-A OUTPUT -o eth0 -j DROP'], { ...remote, interface: null })).toContain(
      'unknown',
    );
  });

  it('of UDP has no third packet', () => {
    const rule = '-A INPUT -p udp -m conntrack --ctstate ESTABLISHED -j DROP';
    expect(filtered([rule], { protocol: 'udp' })).toContain('drop reply input');
    expect(filtered(['-A INPUT -p udp --tcp-flags SYN SYN -j DROP'], { protocol: 'udp' })).toBe(
      'accept',
    );
  });
});

describe('a condition that is not judged', () => {
  it('leaves open what happens where it would matter', () => {
    const limited = '-A INPUT -p tcp -m limit --limit 5/min -j DROP';
    expect(filtered([limited])).toBe(`unknown: ${limited}`);
    const accepting = '-A INPUT -m mark --mark 0x1 -j ACCEPT';
    expect(filtered([':INPUT DROP', accepting])).toBe(`unknown: ${accepting}`);
    const jumping = ['-A MINE -j DROP', '-A INPUT -m mark --mark 0x1 -j MINE'];
    expect(filtered(jumping)).toBe('unknown: -A MINE -j DROP');
    const leaving = ['-A MINE -m mark --mark 0x1 -j RETURN', '-A MINE -j DROP', '-A INPUT -j MINE'];
    expect(filtered(leaving)).toBe('unknown: -A MINE -m mark --mark 0x1 -j RETURN');
  });

  it('is of no weight where the same comes of it', () => {
    expect(filtered(['-A INPUT -m mark --mark 0x1 -j DROP', '-A INPUT -j DROP'])).toBe(
      'drop request input: -A INPUT -j DROP',
    );
    expect(filtered(['-A INPUT -m mark --mark 0x1 -j ACCEPT'])).toBe('accept');
    expect(filtered(['-A INPUT -m limit --limit 5/min -j LOG'])).toBe('accept');
    expect(filtered(['-A INPUT -p udp -m mark --mark 0x1 -j DROP'])).toBe('accept');
  });

  it('is of no weight where another chain drops it for certain', () => {
    const open = nftChain(
      [{ ...drop, conditions: [{ negated: false, kind: 'other', text: 'odd' }] }],
      { priority: -1 },
    );
    expect(told(judgeTrip(chains(open, nftChain([drop])), localTrip))).toBe(
      'drop request input: drop',
    );
  });

  it('is who sends it, where that is not known', () => {
    const rule = '-A OUTPUT -m owner --uid-owner 1000 -j DROP';
    const fate = judgeTrip(iptables({ filter: [rule] }), { ...localTrip, clientUid: null });
    expect(fate).toMatchObject({
      verdict: 'unknown',
      doubt: { because: { kind: 'uid' }, denial: { verdict: 'drop', hook: 'output' } },
      otherwise: null,
    });
  });

  it('is an action that sends the packet to a program', () => {
    expect(filtered(['-A INPUT -j NFQUEUE --queue-num 1'])).toContain(
      'unknown: -A INPUT -j NFQUEUE',
    );
  });

  it('ends in time whatever chains jump to one another', () => {
    const jumps = (name: string, to: string) =>
      nftChain(
        Array.from({ length: 40 }, () => ({ action: { kind: 'jump', chain: to } as const })),
        { name, hook: null },
      );
    const loop = chains({ ...jumps('i', 'a'), hook: 'input' }, jumps('a', 'b'), jumps('b', 'a'));
    expect(told(judgeTrip(loop, localTrip))).toContain('unknown');
    const missing = chains(nftChain([{ action: { kind: 'jump', chain: 'gone' } }]));
    expect(told(judgeTrip(missing, localTrip))).toContain('unknown');
  });
});

describe('a redirect', () => {
  const redirects = (
    tables: Readonly<Record<string, readonly string[]>>,
    trip: Partial<Trip> = {},
  ) => {
    const fate = judgeTrip(iptables(tables), { ...localTrip, ...trip });
    return [told(fate), fate.redirect?.to ?? null, fate.redirect?.address, fate.redirect?.port];
  };

  it('is found where the packet leaves', () => {
    const rule = '-A OUTPUT -p tcp --dport 8080 -j REDIRECT --to-ports 4000';
    expect(redirects({ nat: [rule] })).toEqual(['accept', ':4000', null, 4000]);
    const elsewhere = '-A OUTPUT -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80';
    expect(redirects({ nat: [elsewhere] })).toEqual(['accept', '172.17.0.2:80', '172.17.0.2', 80]);
  });

  it('of what comes in is not met by what comes by lo', () => {
    const rule = '-A PREROUTING -p tcp --dport 8080 -j REDIRECT --to-ports 4000';
    expect(redirects({ nat: [rule] })).toEqual(['accept', null, undefined, undefined]);
  });

  it('is followed: the rules behind it see the new port', () => {
    const nat = ['-A OUTPUT -p tcp --dport 8080 -j REDIRECT --to-ports 4000'];
    const [stopped] = redirects({ nat, filter: ['-A INPUT -p tcp --dport 4000 -j DROP'] });
    expect(stopped).toContain('drop request input');
    const [passed] = redirects({ nat, filter: ['-A INPUT -p tcp --dport 8080 -j DROP'] });
    expect(passed).toBe('accept');
  });

  it('that leads nobody knows where is not followed', () => {
    const nat = ['-A OUTPUT -j DNAT --to-destination 10.0.0.1-10.0.0.9:80'];
    expect(redirects({ nat, filter: [':INPUT DROP'] })).toEqual([
      'accept',
      '10.0.0.1-10.0.0.9:80',
      null,
      null,
    ]);
  });

  it('of Docker leaves 127.0.0.1 alone, and takes the address of the LAN', () => {
    const text = readFileSync(
      join(import.meta.dirname, '../../fixtures/firewall/docker-save.txt'),
      'utf8',
    );
    const docker = chains(...parseIptablesSave(text, { tool: 'iptables', command: 'iptables' }));
    expect(judgeTrip(docker, localTrip)).toEqual({ verdict: 'accept', redirect: null });
    const own = { ...localTrip, source: '192.168.1.20', destination: '192.168.1.20' };
    expect(judgeTrip(docker, own).redirect).toMatchObject({ address: '172.17.0.2', port: 80 });
  });
});

describe('connection tracking', () => {
  it('can be left before it begins, as a packet leaves', () => {
    const untracked = '-A INPUT -m conntrack --ctstate UNTRACKED -j DROP';
    const raw = (chain: string) => [`-A ${chain} -o lo -j CT --notrack`];
    const judged = (tables: Readonly<Record<string, readonly string[]>>) =>
      told(judgeTrip(iptables(tables), localTrip));
    expect(judged({ raw: raw('OUTPUT'), filter: [untracked] })).toContain('drop request input');
    expect(judged({ mangle: raw('OUTPUT'), filter: [untracked] })).toBe('accept');
    expect(judged({ raw: ['-A PREROUTING -i lo -j CT --notrack'], filter: [untracked] })).toBe(
      'accept',
    );
  });
});

describe("firewalld's public zone", () => {
  it('lets loopback through in both families', () => {
    const json = readFileSync(
      join(import.meta.dirname, '../../fixtures/firewall/firewalld.json'),
      'utf8',
    );
    const firewall = chains(...(parseRuleset(json, new Map()) ?? []));
    const ipv6 = { ...localTrip, family: 'ipv6', source: '::1', destination: '::1' } as const;
    expect(judgeTrip(firewall, localTrip).verdict).toBe('accept');
    expect(judgeTrip(firewall, ipv6).verdict).toBe('accept');
  });
});
