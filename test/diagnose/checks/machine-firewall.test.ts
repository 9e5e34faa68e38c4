import { describe, expect, it } from 'vitest';
import { firewallPassesLoopback } from '../../../src/diagnose/checks/machine/firewall-passes-loopback.ts';
import type { Firewall } from '../../../src/model/firewall.ts';
import { unknown } from '../../../src/model/known.ts';
import { iptables, nftChain } from '../../support/firewall-rules.ts';
import { commandsOf, findingsOf, outcome } from './machine-outcome.ts';

const check = firewallPassesLoopback;
const filter = (...lines: readonly string[]) => ({
  network: { firewall: iptables({ filter: lines }) },
});
const nft = (policy: 'accept' | 'drop', firewall: Partial<Firewall> = {}) => ({
  network: { firewall: { chains: [nftChain([], { policy })], notes: [], ...firewall } },
});

describe('firewall-passes-loopback', () => {
  it('names the policy that drops loopback, once for both families', () => {
    expect(outcome(check, nft('drop'))).toBe(
      'fail: the nftables policy drop of chain i drops what local programs send to one another over loopback (IPv4 and IPv6)',
    );
    expect(findingsOf(check, nft('drop'))[0]?.evidence).toEqual([
      'it stands in chain i of table inet t (hook input), and nothing before it accepts what comes by lo',
      'a client gets no answer and waits until it gives up (ETIMEDOUT)',
    ]);
    expect(commandsOf(check, nft('drop'))).toEqual([
      'sudo nft -a list chain inet t i',
      'sudo nft add rule inet t i iifname lo accept',
    ]);
  });

  it('names the rule of one family alone', () => {
    const rule = '-A OUTPUT -o lo -j REJECT --reject-with icmp-admin-prohibited';
    expect(outcome(check, filter(rule))).toBe(
      `fail: the iptables rule “${rule}” rejects what local programs send to one another over loopback (IPv4)`,
    );
    expect(commandsOf(check, filter(rule))[2]).toBe(
      'sudo iptables -t filter -D OUTPUT -o lo -j REJECT --reject-with icmp-admin-prohibited',
    );
  });

  it('is not deceived by a policy that a few ports are exempt from', () => {
    expect(outcome(check, filter(':INPUT DROP', '-A INPUT -p tcp --dport 22 -j ACCEPT'))).toMatch(
      /^fail: the iptables policy drop of chain INPUT/,
    );
  });

  it('leaves IPv6 alone where it is off', () => {
    const firewall = iptables({ filter: [':INPUT DROP'] }, 'ip6tables');
    expect(outcome(check, { network: { firewall, ipv6Disabled: null } })).toMatch(/^pass/);
    expect(outcome(check, { network: { firewall } })).toMatch(/^fail.*\(IPv6\)$/);
  });

  it.each([
    ['there are no rules', [], 'pass: the firewall (no rules) lets it through'],
    ['lo is accepted first', [':INPUT DROP', '-A INPUT -i lo -j ACCEPT'], undefined],
    ['a rule is for one port', ['-A INPUT -p tcp --dport 25 -j DROP'], undefined],
    ['a rule is for one user', ['-A OUTPUT -m owner --uid-owner 1000 -j DROP'], undefined],
    ['only what comes from outside is dropped', ['-A INPUT ! -i lo -j DROP'], undefined],
  ])('passes where %s', (_, lines, said) => {
    const told = outcome(check, filter(...lines));
    expect(told).toBe(said ?? `pass: the firewall (1 rule) lets it through`);
  });

  it('says what it could not judge or read', () => {
    expect(outcome(check, filter('-A INPUT -m mark --mark 0x1 -j DROP'))).toMatch(
      /^unknown: the iptables rule “-A INPUT -m mark --mark 0x1 -j DROP”/,
    );
    expect(outcome(check, nft('accept', { notes: ['nft is not installed'] }))).toBe(
      'unknown: not all rules could be read: nft is not installed',
    );
    const denied = unknown('denied', 'only root may read the rules of the firewall');
    expect(outcome(check, { network: { firewall: denied } })).toBe(
      'unknown: only root may read the rules of the firewall: sudo homeport doctor',
    );
  });
});
