import { expect, test } from 'vitest';
import { conntrackReserve } from '../../../src/diagnose/checks/machine/conntrack-reserve.ts';
import { conntrackRoom } from '../../../src/diagnose/checks/machine/conntrack-room.ts';
import { ephemeralPortsRoom } from '../../../src/diagnose/checks/machine/ephemeral-ports-room.ts';
import { ephemeralRangeAndServers } from '../../../src/diagnose/checks/machine/ephemeral-range-and-servers.ts';
import { timeWaitFlood } from '../../../src/diagnose/checks/machine/time-wait-flood.ts';
import { unprivilegedPorts } from '../../../src/diagnose/checks/machine/unprivileged-ports.ts';
import { unknown } from '../../../src/model/known.ts';
import type { InetSocket, SocketState } from '../../../src/model/socket.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import { commandsOf, findingsOf, outcome } from './machine-outcome.ts';

const tracked = (used: number, limit: number): Told => ({
  network: { conntrack: { used, limit } },
});

test.each([
  [
    95,
    'fail: the connection tracking table is full (95 of 100): the kernel drops new connections, on loopback too',
    'not-applicable',
  ],
  [
    94,
    'pass: 94 of 100 connections are tracked (94 %)',
    'fail: the connection tracking table is nearly full (94 %): once it is, new connections are dropped',
  ],
  [
    80,
    'pass: 80 of 100 connections are tracked (80 %)',
    'fail: the connection tracking table is nearly full (80 %): once it is, new connections are dropped',
  ],
  [
    79,
    'pass: 79 of 100 connections are tracked (79 %)',
    'pass: 21 more connections can be tracked',
  ],
])('%i of 100 tracked connections', (used, room, reserve) => {
  expect(outcome(conntrackRoom, tracked(used, 100))).toBe(room);
  expect(outcome(conntrackReserve, tracked(used, 100))).toBe(reserve);
});

test('a full table can be made larger, and none at all is no matter', () => {
  expect(commandsOf(conntrackRoom, tracked(262_144, 262_144))).toEqual([
    'sudo sysctl -w net.netfilter.nf_conntrack_max=524288',
    "sudo sh -c 'conntrack -L | head -50'",
  ]);
  expect(outcome(conntrackRoom)).toBe('not-applicable');
  expect(outcome(conntrackReserve)).toBe('not-applicable');
  expect(outcome(conntrackRoom, { network: { conntrack: unknown('denied') } })).toBe(
    'unknown: the connection tracking table could not be read: the kernel refuses it to this user',
  );
});

/** One client's end of a connection from a port of 50000 to 50009 to Postgres. */
const client = (at: number, facts: Partial<InetSocket> = {}): InetSocket =>
  socket(100 + at, {
    state: 'established',
    local: { address: '127.0.0.1', port: 50_000 + at },
    remote: { address: '127.0.0.1', port: 5432 },
    ...facts,
  });

const clients = (count: number, facts: Partial<InetSocket> = {}): readonly InetSocket[] =>
  Array.from({ length: count }, (_, at) => client(at, facts));

const tenPorts = { machine: { ephemeralRange: { first: 50_000, last: 50_009 } } } as const;

const worker: Told = {
  ...tenPorts,
  holders: Object.fromEntries([...clients(10).keys()].map((at) => [100 + at, [at < 6 ? 77 : 78]])),
  processes: [
    oneProcess(77, 1, { comm: 'shop-worker', argv: ['./shop-worker'] }),
    oneProcess(78, 1, { comm: 'mailer', argv: ['./mailer'] }),
  ],
};

test('eight of ten ports towards one destination are nearly all, and who has them is named', () => {
  const told = { ...worker, sockets: clients(8) };
  expect(outcome(ephemeralPortsRoom, told)).toBe(
    'fail: 80 % of the ports for connections from 127.0.0.1 to 127.0.0.1:5432 are in use, 6 by shop-worker (pid 77)',
  );
  const [finding] = findingsOf(ephemeralPortsRoom, told);
  expect(finding?.evidence).toEqual([
    '8 of 10 ephemeral ports are in use from 127.0.0.1 to 127.0.0.1:5432',
    '6 by shop-worker (pid 77)',
    '2 by mailer (pid 78)',
  ]);
  expect(finding?.severity).toBe('warning');
  expect(commandsOf(ephemeralPortsRoom, told)).toEqual([
    null,
    "sudo sysctl -w 'net.ipv4.ip_local_port_range=15000 65535'",
  ]);
});

test('all ports are critical, remains are told from connections', () => {
  const sockets = [
    ...clients(7),
    ...[7, 8, 9].map((at) => client(at, { state: 'time-wait', inode: 0 })),
  ];
  const [finding] = findingsOf(ephemeralPortsRoom, { ...worker, sockets });
  expect(finding?.severity).toBe('critical');
  expect(finding?.evidence.at(-1)).toBe(
    '3 of them are TIME_WAIT remains, free again within a minute',
  );
});

test.each([
  ['seven connections', clients(7)],
  [
    'two destinations',
    [...clients(5), ...clients(5, { remote: { address: '127.0.0.1', port: 80 } })],
  ],
  [
    'two addresses here',
    [...clients(5), ...clients(5, { local: { address: '127.0.0.2', port: 50_005 } })],
  ],
  [
    'ports outside of the range',
    clients(10).map((one) => ({ ...one, local: { ...one.local, port: one.local.port + 100 } })),
  ],
  ['another namespace', clients(10, { namespace: 'net:[2]' })],
  ['UDP', clients(10, { transport: 'udp' })],
  [
    'servers inside of the range that one client port called',
    clients(10, { remote: { address: '127.0.0.1', port: 40_000 } }).flatMap((accepted) => [
      accepted,
      socket(300 + accepted.local.port, { local: accepted.local }),
    ]),
  ],
])('%s leave room', (_, sockets) => {
  expect(outcome(ephemeralPortsRoom, { ...tenPorts, sockets })).toMatch(/^pass: /);
});

test('reserved ports are no room', () => {
  const reservedPorts = [{ first: 50_008, last: 60_000 }];
  const machine = { ...tenPorts.machine, reservedPorts };
  expect(outcome(ephemeralPortsRoom, { machine, sockets: clients(7) })).toMatch(/^fail: 88 % /);
  expect(outcome(ephemeralPortsRoom, { machine, sockets: [] })).toBe(
    'pass: all of 8 ephemeral ports are free',
  );
});

test('an unknown range judges nothing', () => {
  const machine = { ephemeralRange: unknown('unsupported', 'no such setting') };
  const why = 'unknown: the ephemeral port range could not be read: no such setting';
  expect(outcome(ephemeralPortsRoom, { machine })).toBe(why);
  expect(outcome(timeWaitFlood, { machine })).toBe(why);
  expect(outcome(ephemeralRangeAndServers, { machine })).toBe(why);
});

const state = (text: SocketState) => ({ state: text, inode: 0 });

test('half of the ports in TIME_WAIT are a flood', () => {
  const sockets = [...clients(5, state('time-wait')), client(9)];
  const told = { ...worker, sockets };
  expect(outcome(timeWaitFlood, told)).toBe(
    'fail: 5 closed connections to 127.0.0.1:5432 still hold their ports, of 10: somebody makes a new one for each request',
  );
  expect(findingsOf(timeWaitFlood, told)[0]?.evidence).toEqual([
    '5 connections to 127.0.0.1:5432 are in TIME_WAIT, of 10 ephemeral ports',
    'connected to it now: mailer (pid 78)',
  ]);
  expect(commandsOf(timeWaitFlood, told)).toEqual([null, 'sudo sysctl -w net.ipv4.tcp_tw_reuse=1']);
});

test('remains at the server’s end count for it, of a client on this machine', () => {
  const remains = (address: string): readonly InetSocket[] => [
    socket(5432),
    ...clients(5, {
      ...state('time-wait'),
      local: { address, port: 5432 },
    }).map((one, at) => ({ ...one, remote: { address, port: 50_000 + at } })),
  ];
  expect(outcome(timeWaitFlood, { ...tenPorts, sockets: remains('127.0.0.1') })).toMatch(
    /^fail: 5 closed connections to 127\.0\.0\.1:5432 /,
  );
  const elsewhere = remains('192.168.1.20').map((one) => ({
    ...one,
    remote: { ...one.remote, address: '192.168.1.77' },
  }));
  expect(outcome(timeWaitFlood, { ...tenPorts, sockets: elsewhere })).toMatch(/^pass: /);
});

test('who floods may not be seen', () => {
  const told = { ...tenPorts, sockets: clients(5, state('time-wait')) };
  expect(findingsOf(timeWaitFlood, told)[0]?.evidence.at(-1)).toBe(
    'no program that may be seen is connected to it now, and TIME_WAIT has no process',
  );
});

test.each([
  ['four remains', clients(4, state('time-wait'))],
  ['connections that are open', clients(9)],
])('%s are no flood', (_, sockets) => {
  expect(outcome(timeWaitFlood, { ...tenPorts, sockets })).toMatch(
    /^pass: \d TIME_WAIT remains of 65536 that may be kept, of 10 ephemeral ports$/,
  );
});

test('the kernel’s own limit of remains counts for all together', () => {
  const sockets = [0, 1, 2, 3].map((at) =>
    client(at, { ...state('time-wait'), remote: { address: '10.0.0.5', port: 80 + at } }),
  );
  const told = { ...tenPorts, sockets, network: { timeWaitLimit: 5 } };
  expect(outcome(timeWaitFlood, told)).toBe(
    'fail: 4 of 5 TIME_WAIT remains are kept: soon the kernel forgets connections early',
  );
  expect(findingsOf(timeWaitFlood, told)[0]?.severity).toBe('notice');
  const hidden = { ...told, network: { timeWaitLimit: unknown('denied') } };
  expect(outcome(timeWaitFlood, hidden)).toBe('pass: 4 TIME_WAIT remains, of 10 ephemeral ports');
});

const serving = (port: number, argv: readonly string[], told: Told = {}): Told => ({
  ...told,
  sockets: [socket(port)],
  holders: { [port]: [42] },
  processes: [oneProcess(42, 1, { comm: argv[0] ?? '', argv })],
});

test('a server on a fixed port of the ephemeral range may lose it', () => {
  const told = serving(50_051, ['./grpc-api', '--port=50051'], {
    machine: {
      reservedPorts: [
        { first: 40_000, last: 40_000 },
        { first: 41_000, last: 41_010 },
      ],
    },
  });
  expect(outcome(ephemeralRangeAndServers, told)).toBe(
    'fail: grpc-api (pid 42) on 127.0.0.1:50051 may lose a fixed port to an outgoing connection',
  );
  expect(commandsOf(ephemeralRangeAndServers, told)).toEqual([
    'sudo sysctl -w net.ipv4.ip_local_reserved_ports=40000,41000-41010,50051',
    null,
  ]);
});

test('a web server’s port is written down in its file', () => {
  expect(
    outcome(ephemeralRangeAndServers, serving(50_080, ['nginx: master process nginx'])),
  ).toMatch(/^fail: .*pid 42.* on 127\.0\.0\.1:50080 may lose a fixed port/);
});

test.each([
  ['outside of the range', serving(3000, ['./api', '--port=3000'])],
  ['that the kernel chose', serving(50_051, ['./language-server'])],
  ['that is a part of another number', serving(50_051, ['./api', '--seed=1500512'])],
  [
    'that is reserved',
    serving(50_051, ['./api', '50051'], {
      machine: { reservedPorts: [{ first: 50_000, last: 50_100 }] },
    }),
  ],
  ['of an engine’s proxy', serving(50_051, ['/usr/bin/docker-proxy', '-host-port', '50051'])],
])('a port %s is safe', (_, told) => {
  expect(outcome(ephemeralRangeAndServers, told)).toBe(
    'pass: outgoing connections take ports from 32768 to 60999, and no server counts on one of these',
  );
});

test.each([
  [1024, 'pass: ports from 1024 on can be bound without root'],
  [0, 'pass: every port can be bound without root'],
  [
    unknown('unsupported'),
    'unknown: the first unprivileged port could not be read: it is not told here',
  ],
])('the first unprivileged port is %j', (unprivilegedPortStart, expected) => {
  expect(outcome(unprivilegedPorts, { machine: { unprivilegedPortStart } })).toBe(expected);
});
