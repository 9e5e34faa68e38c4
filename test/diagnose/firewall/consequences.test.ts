import { describe, expect, it } from 'vitest';
import { consequenceOf } from '../../../src/diagnose/firewall/consequences.ts';
import type { Denial } from '../../../src/diagnose/firewall/judge-trip.ts';
import { nftChain } from '../../support/firewall-rules.ts';

const denial = (told: Partial<Denial>): Denial => ({
  verdict: 'reject',
  place: { chain: nftChain([]), rule: null },
  hook: 'input',
  leg: 'request',
  with: null,
  ...told,
});

const met = (
  told: Partial<Denial>,
  trip: { family?: 'ipv4' | 'ipv6'; protocol?: 'tcp' | 'udp' } = {},
): readonly string[] =>
  consequenceOf(denial(told), { family: 'ipv4', protocol: 'tcp', ...trip }).explains.filter(
    (one) => one !== 'proxy-error',
  );

describe('what a client meets', () => {
  it('is silence where packets are dropped, whichever they are', () => {
    for (const leg of ['request', 'reply', 'data'] as const) {
      expect(met({ verdict: 'drop', leg })).toContain('timeout');
    }
  });

  it.each([
    [null, ['connection-refused']],
    ['tcp reset', ['connection-refused']],
    ['tcp-reset', ['connection-refused']],
    ['icmpx port-unreachable', ['connection-refused']],
    ['icmp-port-unreachable', ['connection-refused']],
    ['icmp-net-unreachable', ['unreachable']],
    ['icmpx host-unreachable', ['unreachable']],
    ['icmp-admin-prohibited', ['unreachable']],
  ])('of a reject with %s over IPv4 is %j', (answer, classes) => {
    expect(met({ with: answer })).toEqual(classes);
  });

  it.each([
    [null, ['connection-refused', 'timeout']],
    ['tcp reset', ['connection-refused']],
    ['icmpv6 no-route', ['unreachable', 'timeout']],
    ['icmpx admin-prohibited', ['permission-denied', 'timeout']],
    ['icmp6-adm-prohibited', ['permission-denied', 'timeout']],
    ['icmp6-policy-fail', ['permission-denied', 'timeout']],
    ['icmp6-port-unreachable', ['connection-refused', 'timeout']],
  ])('of a reject with %s over IPv6 is %j', (answer, classes) => {
    expect(met({ with: answer }, { family: 'ipv6' })).toEqual(classes);
  });

  it('is a reset where a connection that was made is refused later', () => {
    expect(met({ leg: 'data', with: 'tcp reset' })).toContain('connection-reset');
    expect(met({ leg: 'data', with: 'icmpx port-unreachable' })).toContain('timeout');
    expect(met({ leg: 'reply', with: 'tcp reset' })).toContain('timeout');
  });

  it('is told to a sender of datagrams at once where they do not get out', () => {
    const udp = { protocol: 'udp' } as const;
    expect(met({ verdict: 'drop', hook: 'output' }, udp)).toEqual(['permission-denied']);
    expect(met({ verdict: 'reject', hook: 'output' }, udp)).toEqual(['permission-denied']);
    expect(met({ verdict: 'drop' }, udp)).toContain('timeout');
    expect(met({}, { ...udp, family: 'ipv6' })).toEqual(['connection-refused']);
    expect(met({ leg: 'reply' }, udp)).toContain('timeout');
  });
});
