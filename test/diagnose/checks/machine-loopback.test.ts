import { expect, test } from 'vitest';
import { ipv4LoopbackAddress } from '../../../src/diagnose/checks/machine/ipv4-loopback-address.ts';
import { ipv6Enabled } from '../../../src/diagnose/checks/machine/ipv6-enabled.ts';
import { ipv6LoopbackAddress } from '../../../src/diagnose/checks/machine/ipv6-loopback-address.ts';
import { loopbackRoute } from '../../../src/diagnose/checks/machine/loopback-route.ts';
import { loopbackTrip } from '../../../src/diagnose/checks/machine/loopback-trip.ts';
import { loopbackUp } from '../../../src/diagnose/checks/machine/loopback-up.ts';
import type { LoopbackTrip } from '../../../src/diagnose/facts.ts';
import { unknown } from '../../../src/model/known.ts';
import type { NetworkInterface } from '../../../src/model/machine.ts';
import type { Route } from '../../../src/model/network.ts';
import { soundInterfaces, soundNetwork, type Told } from '../../support/diagnosis-facts.ts';
import { commandsOf, findingsOf, outcome } from './machine-outcome.ts';

/** A machine whose lo is so; eth0 is as ever. */
const withLoopback = (told: Partial<NetworkInterface>): Told => ({
  snapshot: {
    interfaces: soundInterfaces.map((one) => (one.loopback ? { ...one, ...told } : one)),
  },
});

const without = (address: string): Told =>
  withLoopback({
    addresses: (soundInterfaces[0]?.addresses ?? []).filter((one) => one.address !== address),
  });

const down = withLoopback({ up: false, addresses: [] });

test('lo that is down is told by one check, and the rest of loopback waits for it', () => {
  expect(outcome(loopbackUp, down)).toBe(
    'fail: the loopback interface lo is down: nothing on this machine can reach 127.0.0.1 or ::1',
  );
  expect(findingsOf(loopbackUp, down)[0]?.actions).toEqual([
    {
      label: 'switch it on',
      command: 'sudo ip link set lo up',
      needsRoot: true,
      changes: 'lo is up, with 127.0.0.1 and ::1, until it is restarted',
    },
  ]);
  expect(
    [ipv4LoopbackAddress, ipv6LoopbackAddress, loopbackRoute].map((one) => outcome(one, down)),
  ).toEqual(['not-applicable', 'not-applicable', 'not-applicable']);
});

test('another interface that is down is not loopback', () => {
  const interfaces = soundInterfaces.map((one) => (one.loopback ? one : { ...one, up: false }));
  expect(outcome(loopbackUp, { snapshot: { interfaces } })).toBe('pass: lo is up');
});

test('lo of another namespace says nothing of this one', () => {
  const other = soundInterfaces.map((one) => ({ ...one, namespace: 'net:[2]', up: false }));
  const both = { snapshot: { interfaces: [...other, ...soundInterfaces] } };
  expect(outcome(loopbackUp, both)).toBe('pass: lo is up');
  expect(outcome(loopbackUp, { snapshot: { interfaces: other } })).toBe(
    'unknown: no loopback interface was read',
  );
});

test('whether lo is up may be hidden', () => {
  expect(outcome(loopbackUp, withLoopback({ up: unknown('denied') }))).toBe(
    'unknown: whether lo is up could not be read',
  );
});

test('127.0.0.1 may be missing', () => {
  expect(outcome(ipv4LoopbackAddress, without('127.0.0.1'))).toBe(
    'fail: 127.0.0.1 is not on lo: no server can listen there and no client reach it',
  );
  expect(findingsOf(ipv4LoopbackAddress, without('127.0.0.1'))[0]?.evidence).toEqual([
    'lo has ::1/128',
  ]);
  expect(commandsOf(ipv4LoopbackAddress, without('127.0.0.1'))).toEqual([
    'sudo ip address add 127.0.0.1/8 dev lo',
  ]);
  expect(outcome(ipv4LoopbackAddress, without('::1'))).toBe('pass: 127.0.0.1 is on lo');
});

test('::1 may be missing, where there is IPv6', () => {
  expect(outcome(ipv6LoopbackAddress, without('::1'))).toBe(
    'fail: ::1 is not on lo, though IPv6 is on: clients that take localhost for ::1 fail',
  );
  expect(commandsOf(ipv6LoopbackAddress, without('::1'))).toEqual([
    'sudo ip -6 address add ::1/128 dev lo',
  ]);
  const off = { ...without('::1'), network: { ipv6Disabled: { all: true, lo: true } } };
  expect(outcome(ipv6LoopbackAddress, off)).toBe('not-applicable');
  const none = { ...without('::1'), network: { ipv6Disabled: null } };
  expect(outcome(ipv6LoopbackAddress, none)).toBe('not-applicable');
  const hidden = unknown('denied');
  const unread = { ...without('::1'), network: { ipv6Disabled: { all: hidden, lo: hidden } } };
  expect(outcome(ipv6LoopbackAddress, unread)).toBe(
    'unknown: whether IPv6 is switched off could not be read',
  );
});

test('IPv6 that is switched off is a notice with a way back', () => {
  const off = { network: { ipv6Disabled: { all: true, lo: true } } };
  expect(outcome(ipv6Enabled, off)).toBe(
    'fail: IPv6 is switched off for loopback: whoever takes localhost for ::1 can’t connect or listen',
  );
  const [finding] = findingsOf(ipv6Enabled, off);
  expect(finding?.severity).toBe('notice');
  expect(finding?.evidence).toEqual([
    'net.ipv6.conf.lo.disable_ipv6 is 1',
    'net.ipv6.conf.all.disable_ipv6 is 1',
    'localhost resolves to ::1 all the same',
  ]);
  expect(commandsOf(ipv6Enabled, off)).toEqual([
    'sudo sysctl -w net.ipv6.conf.lo.disable_ipv6=0',
    null,
  ]);
});

test.each([
  ['on again for lo', { all: true, lo: false }, 'pass: IPv6 is on for loopback'],
  ['no IPv6 in the kernel', null, 'not-applicable'],
  [
    'unread',
    { all: unknown('denied'), lo: unknown('denied') },
    'unknown: whether IPv6 is switched off could not be read: the kernel refuses it to this user',
  ],
])('IPv6: %s', (_, ipv6Disabled, expected) => {
  expect(outcome(ipv6Enabled, { network: { ipv6Disabled } })).toBe(expected);
});

const routed = (address: string, route: Partial<Route>): Told => ({
  network: {
    routes: {
      ...soundNetwork.routes,
      [address]: { kind: 'unicast', interface: 'eth0', gateway: null, source: null, ...route },
    },
  },
});

test.each([
  ['127.0.0.1', { gateway: '192.168.1.1' }, '127.0.0.1 is routed over eth0'],
  ['::1', { kind: 'none', interface: null }, '::1 has no route: it can’t be reached'],
  [
    '127.0.0.1',
    { kind: 'blackhole', interface: null },
    '127.0.0.1 has a route of the kind blackhole: it can’t be reached',
  ],
] as const)('%s may be routed away: %o', (address, route, title) => {
  expect(outcome(loopbackRoute, routed(address, route))).toBe(`fail: ${title}`);
});

test('a route is put back where the kernel had it', () => {
  expect(commandsOf(loopbackRoute, routed('127.0.0.1', {}))).toEqual([
    'sudo ip route replace table local local 127.0.0.0/8 dev lo',
    'ip rule',
  ]);
  expect(commandsOf(loopbackRoute, routed('::1', {}))).toEqual([
    'sudo ip -6 route replace table local local ::1 dev lo',
    'ip rule',
  ]);
});

test('routes that are right, missing with their address, or unread', () => {
  expect(outcome(loopbackRoute)).toBe('pass: 127.0.0.1 and ::1 are routed over lo');
  const oneLeft = { ...without('::1'), ...routed('::1', { kind: 'none' }) };
  expect(outcome(loopbackRoute, oneLeft)).toBe('pass: 127.0.0.1 is routed over lo');
  const unread = { ...soundNetwork.routes, '::1': unknown('unsupported', 'no netlink') };
  expect(outcome(loopbackRoute, { network: { routes: unread } })).toBe(
    'unknown: the routes could not be read: no netlink',
  );
  expect(outcome(loopbackRoute, { network: { routes: {} } })).toBe(
    'unknown: the kernel was not asked for the routes',
  );
});

const tripOf = (family: 'ipv4' | 'ipv6', code: string | null = null): LoopbackTrip => ({
  family,
  outcome: code === null ? 'made' : 'failed',
  code,
  durationMs: 500,
});

test('a connection with itself that fails is a failure with its code', () => {
  const trips = [tripOf('ipv4', 'ETIMEDOUT'), tripOf('ipv6')];
  expect(outcome(loopbackTrip, { facts: { trips } })).toBe(
    'fail: no connection can be made over loopback, whatever the program: ETIMEDOUT over IPv4',
  );
  expect(findingsOf(loopbackTrip, { facts: { trips } })[0]?.evidence).toEqual([
    'Homeport’s own over IPv4 ended with ETIMEDOUT after 500 ms',
  ]);
});

test('no trip over IPv6 is expected where there is none', () => {
  const facts = { trips: [tripOf('ipv4'), tripOf('ipv6', 'EADDRNOTAVAIL')] };
  expect(outcome(loopbackTrip, { facts })).toMatch(/^fail: .*EADDRNOTAVAIL over IPv6$/);
  const made = 'pass: a connection with itself was made over IPv4';
  for (const ipv6Disabled of [null, { all: true, lo: true }]) {
    expect(outcome(loopbackTrip, { facts, network: { ipv6Disabled } })).toBe(made);
  }
});

test('nothing is tried on a snapshot', () => {
  expect(outcome(loopbackTrip, { facts: { trips: [] } })).toBe(
    'unknown: nothing is tried on a snapshot',
  );
});
