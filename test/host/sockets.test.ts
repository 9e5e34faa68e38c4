import type { Socket as DatagramSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SocketQuery } from '../../src/host/host.ts';
import { readSockets } from '../../src/host/linux/sockets.ts';
import { isKnown } from '../../src/model/known.ts';
import type { InetSocket, Socket as Row, UnixSocket } from '../../src/model/socket.ts';
import { connectTo, listen, openUdp, portOf } from '../support/open-sockets.ts';
import { startPython, type RunningPython } from '../support/start-python.ts';

const all: SocketQuery = { unix: true, states: 'all', otherNamespaces: false };
const isInet = (row: Row): row is InetSocket => row.transport !== 'unix';
const isUnix = (row: Row): row is UnixSocket => row.transport === 'unix';

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

  it('count the connections that nobody has accepted', async () => {
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
    expect(waiting.map(({ inode, uid }) => [inode, isKnown(uid)])).toEqual([
      [0, false],
      [0, false],
      [0, false],
    ]);
  });
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

describe('unix sockets', () => {
  let directory = '';
  let server: Server;
  let abstract: Server;
  let others: RunningPython;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'homeport unix '));
    server = await listen({ path: join(directory, 'a.sock') });
    abstract = await listen({ path: `\0homeport-test-${process.pid}` });
    others = await startPython(`
import os, socket, sys
os.chdir(${JSON.stringify(directory)})
datagram = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); datagram.bind('d.sock')
sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); sender.connect('d.sock')
packets = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
packets.bind('\\0with\\0nul ${process.pid}'); packets.listen(4)
one, other = socket.socketpair()
print(*(s.fileno() and os.fstat(s.fileno()).st_ino for s in (datagram, sender, packets, one, other)), flush=True)
sys.stdin.read()`);
  });
  afterAll(async () => {
    server.close();
    abstract.close();
    await others.stop();
    rmSync(directory, { recursive: true });
  });

  const unixRows = (states: 'listening' | 'all'): readonly UnixSocket[] =>
    readSockets('/proc', { ...all, states }).sockets.filter(isUnix);

  it('have a path or an abstract name, queue and user', () => {
    const rows = unixRows('listening');
    const name = `homeport-test-${process.pid}`;
    const path = join(directory, 'a.sock');
    const byPath = rows.find((row) => row.name.kind === 'path' && row.name.path === path);
    const byName = rows.find((row) => row.name.kind === 'abstract' && row.name.name === name);
    expect(byPath).toMatchObject({
      namespace: 'this',
      type: 'stream',
      state: 'listen',
      uid: own,
      peerInode: null,
      acceptQueue: { length: 0, limit: 511 },
    });
    expect(byPath?.cookie).toMatch(/^[\da-f]+$/);
    expect(byName?.state).toBe('listen');
  });

  it('are found bound for datagrams though somebody is connected to them', () => {
    const [datagram, sender, packets] = others.first.split(' ').map(Number);
    const rows = unixRows('listening');
    const find = (inode: number | undefined): UnixSocket | undefined =>
      rows.find((row) => row.inode === inode);
    expect(find(datagram)).toMatchObject({ type: 'dgram', name: { kind: 'path', path: 'd.sock' } });
    expect(find(sender)).toBeUndefined();
    expect(find(packets)).toMatchObject({
      type: 'seqpacket',
      name: { kind: 'abstract', name: `with\0nul ${process.pid}` },
      acceptQueue: { length: 0, limit: 4 },
    });
  });

  it('name the socket at the other end', () => {
    const [datagram, sender, , one, other] = others.first.split(' ').map(Number);
    const peers = new Map(unixRows('all').map((row) => [row.inode, row.peerInode]));
    expect([one, other, sender, datagram].map((inode) => peers.get(inode ?? 0))).toEqual([
      other,
      one,
      datagram,
      null,
    ]);
  });
});
