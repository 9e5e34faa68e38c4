import { describe, expect, it } from 'vitest';
import { unixExposure, widestExposure } from '../../src/explain/exposure.ts';
import { unknown } from '../../src/model/known.ts';
import type { Exposure } from '../../src/model/listener.ts';
import { database, docker, judge, lan, lo, nic, other, wan } from './exposure-facts.ts';

describe('a listener of this machine', () => {
  it.each(['127.0.0.1', '127.0.0.2', '::1', '::ffff:127.0.0.1'])(
    'on loopback %s stays here',
    (address) => {
      const exposure = judge({ address });
      expect(exposure.level).toBe('this-machine');
      expect(exposure.reasons.join()).toContain('loopback');
      expect(exposure.reasons).not.toContain('the firewall was not looked at');
    },
  );

  it('names the endpoint that reaches it', () => {
    expect(judge({ address: '::1' }).reachableVia).toEqual(['[::1]:3000']);
    expect(judge({ address: '::ffff:127.0.0.1' }).reachableVia).toEqual(['127.0.0.1:3000']);
  });

  it('on 0.0.0.0 answers on every IPv4 address', () => {
    const exposure = judge({ address: '0.0.0.0' });
    expect(exposure.level).toBe('local-network');
    expect(exposure.reachableVia).toEqual(['127.0.0.1:3000', '192.168.1.5:3000']);
    expect(exposure.reasons).toContain(
      '192.168.1.5 (eth0), a private address: machines on the network of eth0 reach it',
    );
    expect(exposure.reasons).toContain('the firewall was not looked at');
  });

  it('on :: without IPV6_V6ONLY answers IPv4 too', () => {
    const exposure = judge({ address: '::', v6only: false });
    expect(exposure.reasons).toContain(':: without IPV6_V6ONLY answers IPv4 too');
    expect(exposure.reachableVia).toEqual([
      '127.0.0.1:3000',
      '[::1]:3000',
      '192.168.1.5:3000',
      '[fe80::5%eth0]:3000',
    ]);
  });

  it('on :: with IPV6_V6ONLY answers IPv6 alone', () => {
    const exposure = judge({ address: '::', v6only: true, interfaces: [lo, docker] });
    expect(exposure.reachableVia).toEqual(['[::1]:3000']);
    expect(exposure.level).toBe('this-machine');
  });

  it('on :: with an unreadable option is judged by the wider case and says so', () => {
    const exposure = judge({ address: '::', v6only: unknown('unsupported') });
    expect(exposure.level).toBe('local-network');
    expect(exposure.reasons.join()).toContain('could not be read');
  });

  it('with a public address is for anyone who is routed to it', () => {
    expect(judge({ address: '0.0.0.0', interfaces: [lo, lan, wan] }).level).toBe('anyone-routed');
    expect(judge({ address: '2606:4700::5', interfaces: [lo, wan] }).level).toBe('anyone-routed');
  });

  it('on a private address is for its network', () => {
    const exposure = judge({ address: '192.168.1.5' });
    expect(exposure.level).toBe('local-network');
    expect(exposure.reasons[0]).toBe(
      'bound to 192.168.1.5 (eth0), a private address: machines on the network of eth0 reach it',
    );
  });

  it('on a link-local address is reached with its zone', () => {
    expect(judge({ address: 'fe80::5', interfaceName: 'eth0' })).toMatchObject({
      level: 'local-network',
      reachableVia: ['[fe80::5%eth0]:3000'],
    });
  });

  it('on a multicast group is for its network', () => {
    const exposure = judge({ address: '224.0.0.251', transport: 'udp', port: 5353 });
    expect(exposure.level).toBe('local-network');
    expect(exposure.reasons.join()).not.toContain('no interface');
  });

  it('on an address that no interface has says so', () => {
    expect(judge({ address: '10.9.8.7' }).reasons).toContain(
      'no interface that is up has this address now',
    );
  });

  it('on a wildcard with loopback alone up stays here in effect', () => {
    const down = nic('eth0', ['192.168.1.5/24'], { up: false });
    const exposure = judge({ address: '0.0.0.0', interfaces: [lo, down] });
    expect(exposure.level).toBe('this-machine');
    expect(exposure.reasons).toContain(
      'no address but loopback is up: in effect only this machine reaches it',
    );
  });

  it('counts an interface whose state is unknown', () => {
    const unsure = nic('eth0', ['192.168.1.5/24'], { up: unknown('denied') });
    expect(judge({ address: '0.0.0.0', interfaces: [lo, unsure] }).level).toBe('local-network');
  });

  it('on a wildcard beside container bridges alone stays here', () => {
    const exposure = judge({ address: '0.0.0.0', interfaces: [lo, docker] });
    expect(exposure.level).toBe('this-machine');
    expect(exposure.reasons.join()).toContain('containers or guests on docker0');
  });

  it('bound to one interface is judged by this one', () => {
    expect(judge({ address: '0.0.0.0', interfaceName: 'lo' }).level).toBe('this-machine');
    expect(judge({ address: '0.0.0.0', interfaceName: 'eth0' }).reachableVia).toEqual([
      '192.168.1.5:3000',
    ]);
  });

  it('is unknown on a wildcard where no interface could be read', () => {
    expect(judge({ address: '0.0.0.0', interfaces: [] }).level).toBe('unknown');
  });

  it('names the container that an engine publishes there', () => {
    const facts = { address: '0.0.0.0', port: 15_432, containers: [database] };
    expect(judge(facts).reasons).toContain('publishes port 5432 of container shop-db-1');
    expect(judge({ ...facts, address: '::', v6only: true }).reasons.join()).toContain('shop-db-1');
    expect(judge({ ...facts, transport: 'udp' }).reasons.join()).not.toContain('shop-db-1');
    expect(judge({ ...facts, port: 5432 }).reasons.join()).not.toContain('shop-db-1');
    expect(judge({ ...facts, address: '127.0.0.1' }).reasons.join()).not.toContain('shop-db-1');
  });
});

describe('unixExposure', () => {
  it('never leaves the machine', () => {
    expect(unixExposure({ kind: 'path', path: '/run/x.sock' })).toMatchObject({
      level: 'this-machine',
      reachableVia: ['/run/x.sock'],
    });
  });

  it('keeps an abstract name inside its network namespace', () => {
    const name = { kind: 'abstract', name: 'bus' } as const;
    expect(unixExposure(name)).toMatchObject({ level: 'this-machine', reachableVia: ['@bus'] });
    expect(unixExposure(name, other).level).toBe('this-container');
  });
});

describe('widestExposure', () => {
  const of = (level: Exposure['level']): Exposure => ({ level, reasons: [], reachableVia: [] });

  it('puts unknown between this machine and the network', () => {
    const order = [
      'this-container',
      'this-machine',
      'unknown',
      'local-network',
      'anyone-routed',
    ] as const;
    for (const [index, level] of order.entries()) {
      expect(widestExposure(order.slice(0, index + 1).map(of))?.level).toBe(level);
      expect(
        widestExposure(
          order
            .slice(0, index + 1)
            .toReversed()
            .map(of),
        )?.level,
      ).toBe(level);
    }
    expect(widestExposure([])).toBeNull();
  });
});
