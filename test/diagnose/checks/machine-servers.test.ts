import { expect, test } from 'vitest';
import { acceptQueuesFull } from '../../../src/diagnose/checks/machine/accept-queues-full.ts';
import { bindv6only } from '../../../src/diagnose/checks/machine/bindv6only.ts';
import { listenQueueLimit } from '../../../src/diagnose/checks/machine/listen-queue-limit.ts';
import { nonlocalBind } from '../../../src/diagnose/checks/machine/nonlocal-bind.ts';
import { processesStopped } from '../../../src/diagnose/checks/machine/processes-stopped.ts';
import { unknown } from '../../../src/model/known.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import { commandsOf, findingsOf, outcome } from './machine-outcome.ts';

/** Servers on 3000 and 3001, of which pid 42 has both and pid 43 shares the second. */
const serving = (first: string, second: string): Told => ({
  sockets: [socket(3000), socket(3001)],
  holders: { 3000: [42], 3001: [42, 43] },
  processes: [
    oneProcess(42, 1, { comm: 'api', argv: ['./api'], state: first }),
    oneProcess(43, 42, { comm: 'api', argv: ['./api'], state: second }),
  ],
});

test('a stopped server is named with what it keeps waiting', () => {
  const told = serving('T', 'S');
  expect(outcome(processesStopped, told)).toBe(
    'fail: api (pid 42) is stopped: connections to 127.0.0.1:3000 are made and never answered',
  );
  expect(commandsOf(processesStopped, told)).toEqual(['kill -CONT 42']);
  expect(commandsOf(processesStopped, { ...told, asker: { uid: 1001 } })).toEqual([
    'sudo kill -CONT 42',
  ]);
});

test('an address that several accept on waits for all of them', () => {
  expect(outcome(processesStopped, serving('T', 'T'))).toMatch(
    /^fail: api \(pid 42\) is stopped: connections to 127\.0\.0\.1:3000 and 127\.0\.0\.1:3001 are made and never answered/,
  );
  expect(outcome(processesStopped, serving('S', 'T'))).toBe('pass: none of 2 servers is stopped');
});

test('a server in a debugger is left to it', () => {
  expect(outcome(processesStopped, serving('t', 'S'))).toMatch(/^fail: api \(pid 42\) is held by/);
  expect(commandsOf(processesStopped, serving('t', 'S'))).toEqual([null]);
});

test('servers that may not be seen are not passed', () => {
  expect(outcome(processesStopped, { sockets: [socket(3000)] })).toBe(
    'unknown: no server’s process could be read',
  );
  expect(outcome(processesStopped)).toBe('not-applicable');
  const told = { ...serving('S', 'S'), sockets: [socket(3000), socket(3001), socket(3002)] };
  expect(outcome(processesStopped, told)).toBe(
    'unknown: 2 of 3 servers could be looked at, and none of these is stopped',
  );
});

test('servers of another network namespace are left to that one', () => {
  const elsewhere = {
    ...serving('T', 'T'),
    sockets: [
      socket(3000, { namespace: 'net:[7]', acceptQueue: { length: 6, limit: 5 } }),
      socket(3001, { namespace: 'net:[7]' }),
    ],
  };
  expect(outcome(processesStopped, elsewhere)).toBe('not-applicable');
  expect(outcome(acceptQueuesFull, elsewhere)).toBe('not-applicable');
});

const queueing = (length: number, limit: number | null): Told => ({
  ...serving('S', 'S'),
  sockets: [
    socket(3000, { acceptQueue: { length, limit: limit ?? unknown('unsupported') } }),
    socket(3001, { acceptQueue: { length: 0, limit: 511 } }),
  ],
});

test.each([
  [
    6,
    5,
    'fail: api (pid 42) on 127.0.0.1:3000 does not accept: its queue is full, and new connections time out',
  ],
  [5, 5, 'pass: none of 2 accept queues is full'],
  [
    1,
    0,
    'fail: api (pid 42) on 127.0.0.1:3000 does not accept: its queue is full, and new connections time out',
  ],
  [0, 0, 'pass: none of 2 accept queues is full'],
  [3, null, 'unknown: connections wait, and how many may could not be read'],
  [0, null, 'pass: none of 2 accept queues is full'],
])('%j waiting of a backlog of %j', (length, limit, expected) => {
  expect(outcome(acceptQueuesFull, queueing(length, limit))).toBe(expected);
});

test('of an SO_REUSEPORT group each socket has its own queue', () => {
  const local = { address: '127.0.0.1', port: 3000 };
  const sockets = [
    socket(1, { local, acceptQueue: { length: 6, limit: 5 } }),
    socket(2, { local, acceptQueue: { length: 0, limit: 5 } }),
  ];
  expect(outcome(acceptQueuesFull, { sockets })).toMatch(/^fail: /);
  expect(findingsOf(acceptQueuesFull, { sockets })[0]?.evidence).toEqual([
    '6 connections wait to be accepted, the backlog is 5',
  ]);
  expect(outcome(acceptQueuesFull)).toBe('not-applicable');
});

test.each([
  [4096, 'pass: an accept queue may hold 4096 connections'],
  [128, 'pass: an accept queue may hold 128 connections'],
  [127, 'fail: no accept queue holds more than 127 connections: short bursts are dropped'],
  [
    unknown('denied'),
    'unknown: the longest accept queue could not be read: the kernel refuses it to this user',
  ],
])('net.core.somaxconn is %j', (longestAcceptQueue, expected) => {
  expect(outcome(listenQueueLimit, { network: { longestAcceptQueue } })).toBe(expected);
});

test.each([
  [false, 'pass: a server on [::] takes IPv4 too, unless it says otherwise'],
  [
    true,
    'fail: a server that listens on [::] does not answer at 127.0.0.1, unless it asks for that itself',
  ],
  [null, 'not-applicable'],
  [
    unknown('denied'),
    'unknown: net.ipv6.bindv6only could not be read: the kernel refuses it to this user',
  ],
])('net.ipv6.bindv6only is %j', (bindV6Only, expected) => {
  expect(outcome(bindv6only, { network: { bindV6Only } })).toBe(expected);
});

test.each([
  [false, 'pass: servers may bind this machine’s own addresses alone'],
  [true, 'pass: servers may bind addresses that no interface has (net.ipv4.ip_nonlocal_bind is 1)'],
  [
    unknown('denied'),
    'unknown: net.ipv4.ip_nonlocal_bind could not be read: the kernel refuses it to this user',
  ],
])('net.ipv4.ip_nonlocal_bind is %j', (allowed, expected) => {
  expect(outcome(nonlocalBind, { network: { nonlocalBind: allowed } })).toBe(expected);
});
