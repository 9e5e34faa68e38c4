import { describe, expect, it } from 'vitest';
import type { EndpointFacts } from '../../src/diagnose/facts.ts';
import type { Symptom } from '../../src/model/diagnosis.ts';
import { unknown } from '../../src/model/known.ts';
import type { Route } from '../../src/model/network.ts';
import { endpointFacts, soundInterfaces, type Told } from '../support/diagnosis-facts.ts';
import { served, stageOf, told } from './stage-facts.ts';

const bind: Symptom = { class: 'address-in-use', role: 'server', from: 'message' };

describe('name', () => {
  const resolved = (...addresses: readonly string[]): Partial<EndpointFacts> => ({
    resolution: {
      value: addresses.map((address) => ({ family: 'ipv4' as const, address })),
      durationMs: 3,
    },
  });

  it('says the addresses in their order, with the lines of the hosts file and the time', () => {
    const stage = stageOf(
      'name',
      endpointFacts('localhost:3000', { facts: resolved('::1', '127.0.0.1') }),
    );
    expect(stage).toEqual({
      id: 'name',
      result: 'pass',
      summary: 'localhost is ::1, then 127.0.0.1',
      evidence: ['/etc/hosts:1 says 127.0.0.1', '/etc/hosts:2 says ::1'],
      durationMs: 3,
    });
  });

  it.each<[string, Partial<EndpointFacts>, string]>([
    ['127.0.0.1:80', {}, 'not-applicable: 127.0.0.1 is an address'],
    ['80', {}, 'not-applicable: no name was given'],
    ['localhost:80', resolved('203.0.113.5'), 'fail: localhost is 203.0.113.5'],
    [
      'db.test:80',
      { resolution: { value: unknown('gone', 'no such name'), durationMs: 1 } },
      'fail: db.test: no such name',
    ],
    [
      'db.test:80',
      { resolution: { value: unknown('unsupported'), durationMs: 1 } },
      'unknown: db.test: no answer',
    ],
  ])('%s with %j', (text, facts, expected) => {
    expect(told('name', endpointFacts(text, { facts }))).toBe(expected);
  });

  it('goes on where the network could not be read', () => {
    const facts = { ...resolved('127.0.0.1'), network: unknown('unsupported') };
    expect(stageOf('name', endpointFacts('localhost:80', { facts })).evidence).toEqual([]);
  });
});

describe('address', () => {
  const down = soundInterfaces.map((one) => ({ ...one, up: false }));
  const bare = soundInterfaces.map((one) => ({ ...one, addresses: [] }));

  it.each<[string, Told, string]>([
    ['127.0.0.1:80', {}, 'pass: 127.0.0.1 is on lo'],
    ['127.9.9.9:80', {}, 'pass: 127.9.9.9 is on lo'],
    ['192.168.1.20:80', {}, 'pass: 192.168.1.20 is on eth0'],
    ['localhost:80', {}, 'pass: ::1 is on lo; 127.0.0.1 is on lo'],
    ['0.0.0.0:80', {}, 'pass: 0.0.0.0 is every address'],
    ['203.0.113.7:80', {}, 'unknown: no interface of this machine has 203.0.113.7'],
    [
      '203.0.113.7:80',
      { facts: { symptom: bind } },
      'fail: no interface of this machine has 203.0.113.7',
    ],
    ['db.test:80', {}, 'not-applicable: there is no address'],
    ['127.0.0.1:80', { snapshot: { interfaces: down } }, 'fail: 127.0.0.1 is on lo, which is down'],
    [
      '127.0.0.1:80',
      { snapshot: { interfaces: bare } },
      'fail: no interface of this machine has 127.0.0.1',
    ],
  ])('%s', (text, more, expected) => {
    expect(told('address', endpointFacts(text, more))).toBe(expected);
  });
});

describe('route', () => {
  const route = (given: Partial<Route>): Told => ({
    network: {
      routes: {
        '127.0.0.1': { kind: 'local', interface: 'lo', gateway: null, source: null, ...given },
      },
    },
  });

  it.each<[Told, string]>([
    [route({}), 'pass: 127.0.0.1: stays on this machine, over lo'],
    [route({ kind: 'none', interface: null }), 'fail: 127.0.0.1: no route leads there'],
    [route({ kind: 'blackhole' }), 'fail: 127.0.0.1: a route says blackhole'],
    [route({ kind: 'unreachable' }), 'fail: 127.0.0.1: a route says unreachable'],
    [route({ kind: 'prohibit' }), 'fail: 127.0.0.1: a route says prohibit'],
    [
      route({ kind: 'unicast', interface: 'eth0', gateway: '192.168.1.1' }),
      'pass: 127.0.0.1: leaves over eth0 by 192.168.1.1',
    ],
    [route({ kind: 'unicast', interface: 'eth0' }), 'pass: 127.0.0.1: leaves over eth0'],
    [
      { network: { routes: { '127.0.0.1': unknown('denied', 'not permitted') } } },
      'unknown: 127.0.0.1: not permitted',
    ],
    [{ network: { routes: {} } }, 'not-applicable: no route was asked for'],
    [{ facts: { network: unknown('unsupported', 'an old snapshot') } }, 'unknown: an old snapshot'],
    [{ facts: { symptom: bind } }, 'not-applicable: binding needs no route'],
  ])('%j', (more, expected) => {
    expect(told('route', endpointFacts('127.0.0.1:80', more))).toBe(expected);
  });
});

describe('listener', () => {
  it.each<[string, string, Told, string]>([
    [
      'somebody at the address',
      '127.0.0.1:3000',
      served(),
      'pass: vite (pid 101) on 127.0.0.1:3000',
    ],
    ['nobody', '127.0.0.1:3000', {}, 'fail: nobody listens on 127.0.0.1:3000'],
    [
      'nobody at any address of a name',
      'localhost:3000',
      {},
      'fail: nobody listens on [::1]:3000 or 127.0.0.1:3000',
    ],
    [
      'somebody elsewhere',
      '127.0.0.2:3000',
      served(),
      'fail: nobody listens on 127.0.0.2:3000; elsewhere on this port:',
    ],
    [
      'datagrams alone',
      '127.0.0.1:3000',
      served({ transport: 'udp', state: 'close' }),
      'fail: nobody listens on 127.0.0.1:3000; elsewhere on this port:',
    ],
    [
      'the LAN address alone, for a port',
      '3000',
      served({ local: { address: '192.168.1.20', port: 3000 } }),
      'fail: nobody listens on [::1]:3000 or 127.0.0.1:3000; elsewhere on this port:',
    ],
    ['a name without addresses', 'db.test:3000', {}, 'not-applicable: db.test:3000 has no address'],
    [
      'another machine',
      '203.0.113.7:3000',
      {},
      'unknown: what listens on 203.0.113.7:3000 can not be seen from this machine',
    ],
  ])('%s', (_, text, more, expected) => {
    expect(told('listener', endpointFacts(text, more))).toBe(expected);
  });

  it('shows who is elsewhere', () => {
    const { evidence } = stageOf('listener', endpointFacts('127.0.0.2:3000', served()));
    expect(evidence).toEqual(['vite (pid 101) on 127.0.0.1:3000']);
  });

  it.each<[string, Told, string]>([
    [
      'taken',
      served({}, { facts: { symptom: bind, bindTrial: { reusing: 'EADDRINUSE', plain: null } } }),
      'fail: binding 127.0.0.1:3000 fails with EADDRINUSE',
    ],
    [
      'free',
      { facts: { symptom: bind, bindTrial: { reusing: null, plain: null } } },
      'pass: 127.0.0.1:3000 can be bound now',
    ],
    [
      'taken, and not tried',
      served({}, { facts: { symptom: bind } }),
      'fail: 127.0.0.1:3000 is taken:',
    ],
    [
      'not tried',
      { facts: { symptom: bind, bindTrial: unknown('unsupported') } },
      'unknown: 127.0.0.1:3000 could not be tried',
    ],
  ])('for a bind: %s', (_, more, expected) => {
    expect(told('listener', endpointFacts('127.0.0.1:3000', more))).toBe(expected);
  });
});
