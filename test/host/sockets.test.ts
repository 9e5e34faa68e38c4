import type { Socket as DatagramSocket } from 'node:dgram';
import type { Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SocketQuery } from '../../src/host/host.ts';
import { readSockets } from '../../src/host/linux/sockets.ts';
import { isKnown } from '../../src/model/known.ts';
import type { InetSocket, Socket as Row } from '../../src/model/socket.ts';
import { connectTo, listen, openUdp, portOf } from '../support/open-sockets.ts';
import { hasPython, startPython } from '../support/start-python.ts';

const all: SocketQuery = { unix: true, states: 'all', otherNamespaces: false };
const isInet = (row: Row): row is InetSocket => row.transport !== 'unix';

const inetRows = (query: SocketQuery = all): readonly InetSocket[] =>
  readSockets('/proc', query).sockets.filter(isInet);

const rowsOn = (port: number, query: SocketQuery = all): readonly InetSocket[] =>
  inetRows(query).filter(({ local }) => local.port === port);

const listenersOn = (port: number): readonly InetSocket[] =>
  rowsOn(port).filter(({ state }) => state === 'listen');

const own = process.getuid?.();

describe('TCP listeners', () => {
  let servers: Server[] = [];
  let port = 0;

  beforeAll(async () => {
    const first = await listen({ host: '127.0.0.1', port: 0, backlog: 7 });
    port = portOf(first);
    servers = [
      first,
      await listen({ host: '127.0.0.2', port }),
      await listen({ host: '::1', port }),
      await listen({ host: '::', port: 0 }),
      await listen({ host: '::', port: 0, ipv6Only: true }),
      await listen({ host: '0.0.0.0', port: 0 }),
    ];
  });
  afterAll(() => servers.forEach((server) => server.close()));

  const wildcard = (index: number): InetSocket | undefined => {
    const server = servers[index];
    return server && listenersOn(portOf(server))[0];
  };

  it('are one row for each address of the same port', () => {
    const addresses = listenersOn(port).map(({ local }) => local.address);
    expect(addresses.toSorted()).toEqual(['127.0.0.1', '127.0.0.2', '::1']);
  });

  it('and nothing else where one port is asked for', () => {
    const { sockets } = readSockets('/proc', { ...all, unix: false, localPort: port });
    const expected = inetRows().filter((row) => row.local.port === port);
    expect(sockets.map(({ inode }) => inode)).toEqual(expected.map(({ inode }) => inode));
    expect(sockets).toHaveLength(3);
  });

  it('come with everything the kernel tells', () => {
    const row = listenersOn(port).find(({ local }) => local.address === '127.0.0.1');
    expect(row).toMatchObject({
      transport: 'tcp',
      family: 'ipv4',
      namespace: 'this',
      remote: { address: '0.0.0.0', port: 0 },
      interfaceIndex: 0,
      uid: own,
      v6only: null,
      acceptQueue: { length: 0, limit: 7 },
      receiveQueue: 0,
      sendQueue: 0,
      timer: null,
      tcpInfo: null,
    });
    expect(row?.inode).toBeGreaterThan(0);
    expect(row?.cookie).toMatch(/^[\da-f]+$/);
    expect(row?.cgroupId).toMatch(/^\d+$/);
  });

  it('on wildcards tell dual-stack, IPv6 alone and IPv4 apart', () => {
    const facts = [3, 4, 5].map(wildcard).map((row) => [row?.local.address, row?.v6only]);
    expect(facts).toEqual([
      ['::', false],
      ['::', true],
      ['0.0.0.0', null],
    ]);
  });

  it('are read alone where they are asked for', () => {
    const rows = inetRows({ ...all, states: 'listening' });
    expect(rows.filter(({ local }) => local.port === port)).toHaveLength(3);
    expect(
      new Set(rows.filter(({ transport }) => transport === 'tcp').map(({ state }) => state)),
    ).toEqual(new Set(['listen']));
  });

  it.skipIf(!hasPython)(
    'say which interface they are bound to (skipped without python3)',
    async () => {
      const bound = await startPython(`
import socket, sys
server = socket.socket(); server.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b'lo\\0')
server.bind(('127.0.0.1', 0)); server.listen(1)
print(server.getsockname()[1], socket.if_nametoindex('lo'), flush=True)
sys.stdin.read()`);
      const [boundPort = 0, index] = bound.first.split(' ').map(Number);
      const [row] = listenersOn(boundPort);
      await bound.stop();
      expect(row?.interfaceIndex).toBe(index);
    },
  );

  it.skipIf(!hasPython)(
    'are told from sockets that are bound and do not listen (skipped without python3)',
    async () => {
      const bound = await startPython(`
import socket, sys
server = socket.socket(); server.bind(('127.0.0.1', 0))
print(server.getsockname()[1], flush=True)
sys.stdin.read()`);
      const rows = rowsOn(Number(bound.first));
      const listening = rowsOn(Number(bound.first), { ...all, states: 'listening' });
      await bound.stop();
      // Kernels before 6.8 do not list them at all.
      expect(rows.every(({ state }) => state === 'bound-inactive')).toBe(true);
      expect(listening).toEqual([]);
    },
  );

  it.skipIf(!hasPython)(
    'count the connections that nobody has accepted (skipped without python3)',
    async () => {
      const idle = await startPython(`
import socket, sys
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(9)
clients = [socket.create_connection(server.getsockname()) for _ in range(3)]
print(server.getsockname()[1], flush=True)
sys.stdin.read()`);
      const rows = rowsOn(Number(idle.first));
      await idle.stop();
      expect(rows.find(({ state }) => state === 'listen')?.acceptQueue).toEqual({
        length: 3,
        limit: 9,
      });
      const waiting = rows.filter(({ state }) => state === 'established');
      expect(waiting.map(({ inode }) => inode)).toEqual([0, 0, 0]);
      // Kernels differ: some show the listener's user, others 0, which is nobody's word for root.
      const users = waiting.filter(({ uid }) => isKnown(uid)).map(({ uid }) => uid);
      expect(users.every((uid) => uid !== 0 && uid === process.getuid?.())).toBe(true);
    },
  );
});

describe('TCP connections', () => {
  let server: Server;
  let ends: { client: Socket; peer: Socket };

  beforeAll(async () => {
    server = await listen({ host: '::', port: 0 });
    ends = await connectTo(server, '127.0.0.1');
    ends.client.write('hello');
    await new Promise((resolve) => ends.peer.once('data', resolve));
  });
  afterAll(() => {
    ends.client.destroy();
    ends.peer.destroy();
    server.close();
  });

  const clientRow = (states: 'all' | 'connected'): InetSocket | undefined =>
    rowsOn(ends.client.localPort ?? 0, { ...all, states })[0];

  it('through a dual-stack listener keep their IPv4-mapped address', () => {
    const row = rowsOn(portOf(server)).find(({ state }) => state === 'established');
    expect(row).toMatchObject({
      family: 'ipv6',
      local: { address: '::ffff:127.0.0.1', port: portOf(server) },
      remote: { address: '::ffff:127.0.0.1', port: ends.client.localPort },
      acceptQueue: null,
    });
    expect(row?.tcpInfo).toMatchObject({ bytesReceived: 5 });
  });

  it('come with what the kernel counted', () => {
    expect(clientRow('all')?.tcpInfo).toMatchObject({ bytesSent: 5, retransmits: 0 });
    const info = clientRow('all')?.tcpInfo;
    if (!info || !isKnown(info)) throw new Error('no tcp_info');
    expect(info.rttMs).toBeGreaterThan(0);
    expect(info.rttMs).toBeLessThan(1000);
    expect(info.minRttMs).toBeLessThanOrEqual(info.rttMs + info.rttVarianceMs * 4);
  });

  it('come without it where only the connections are asked for', () => {
    expect(clientRow('connected')).toMatchObject({
      state: 'established',
      tcpInfo: { unknown: 'unsupported' },
      timer: { unknown: 'unsupported' },
    });
  });

  it('show a keepalive timer', () => {
    ends.client.setKeepAlive(true, 60_000);
    const timer = clientRow('all')?.timer;
    expect(timer).toMatchObject({ kind: 'keepalive', retransmits: 0 });
  });

  it('stay in TIME_WAIT without inode, user or tcp_info', async () => {
    const short = await connectTo(server, '127.0.0.1');
    const port = short.client.localPort ?? 0;
    short.peer.on('end', () => short.peer.end()).resume();
    short.client.end().resume();
    await new Promise((resolve) => short.client.once('close', resolve));
    for (let tries = 0; rowsOn(port)[0]?.state !== 'time-wait' && tries < 50; tries += 1)
      await sleep(20);
    const row = rowsOn(port)[0];
    expect(row).toMatchObject({ state: 'time-wait', inode: 0, tcpInfo: null });
    expect(row?.timer).toMatchObject({ kind: 'time-wait' });
    expect(isKnown(row?.uid)).toBe(false);
  });
});

describe('UDP sockets', () => {
  let sockets: DatagramSocket[] = [];

  beforeAll(async () => {
    const unconnected = await openUdp('udp4', '127.0.0.1');
    const connected = await openUdp('udp4', '127.0.0.1', portOf(unconnected));
    sockets = [unconnected, connected, await openUdp('udp6', '::1')];
  });
  afterAll(() => sockets.forEach((socket) => socket.close()));

  it('are read whether or not they are connected', () => {
    const [first, second, third] = sockets.map((socket) => portOf(socket));
    const rows = inetRows({ ...all, states: 'listening' }).filter(
      ({ transport, local }) => transport === 'udp' && [first, second, third].includes(local.port),
    );
    const facts = rows.map(({ family, state, local, remote }) =>
      [family, state, local.port, remote.address, remote.port].join(' '),
    );
    expect(facts.toSorted()).toEqual(
      [
        `ipv4 close ${first} 0.0.0.0 0`,
        `ipv4 established ${second} 127.0.0.1 ${first}`,
        `ipv6 close ${third} :: 0`,
      ].toSorted(),
    );
    expect(
      rows.every(({ acceptQueue, tcpInfo, timer }) => !acceptQueue && !tcpInfo && !timer),
    ).toBe(true);
  });
});
