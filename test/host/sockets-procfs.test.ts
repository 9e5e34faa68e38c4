import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SocketQuery, SocketReading } from '../../src/host/host.ts';
import { readSockets } from '../../src/host/linux/sockets.ts';
import type { InetSocket, UnixSocket } from '../../src/model/socket.ts';

const root = join(import.meta.dirname, '../fixtures/proc-net');
const all: SocketQuery = { unix: true, states: 'all', otherNamespaces: true };
const unsupported = { unknown: 'unsupported' };

const inetOf = (query: SocketQuery): readonly InetSocket[] =>
  readSockets(root, query).sockets.filter((socket) => socket.transport !== 'unix');

const unixOf = (query: SocketQuery): readonly UnixSocket[] =>
  readSockets(root, query).sockets.filter((socket) => socket.transport === 'unix');

const ends = (sockets: readonly InetSocket[]): readonly string[] =>
  sockets.map(({ transport, local, remote, state }) =>
    [transport, local.address, local.port, remote.address, remote.port, state].join(' '),
  );

describe('sockets from the text of /proc/net', () => {
  it('reads every row of every inet table', () => {
    expect(ends(inetOf(all))).toEqual([
      'tcp 127.0.0.1 49147 0.0.0.0 0 listen',
      'tcp 0.0.0.0 2024 0.0.0.0 0 listen',
      'tcp 127.0.0.1 41194 127.0.0.1 49147 fin-wait-1',
      'tcp 127.0.0.1 41208 127.0.0.1 49147 time-wait',
      'tcp 127.0.0.1 41212 127.0.0.1 49147 established',
      'tcp 127.0.0.1 45120 127.0.0.1 44191 established',
      'tcp 127.0.0.1 49147 127.0.0.1 41212 established',
      'tcp 127.0.0.1 49147 127.0.0.1 41194 close-wait',
      'tcp :: 44191 :: 0 listen',
      'tcp ::1 50229 :: 0 listen',
      'tcp ::ffff:127.0.0.1 44191 ::ffff:127.0.0.1 45120 established',
      'udp 0.0.0.0 33207 0.0.0.0 0 close',
      'udp ::1 50967 ::1 41012 established',
      'udp ::1 41012 :: 0 close',
    ]);
  });

  it('asks for listeners alone', () => {
    expect(ends(inetOf({ ...all, states: 'listening' }))).toEqual([
      'tcp 127.0.0.1 49147 0.0.0.0 0 listen',
      'tcp 0.0.0.0 2024 0.0.0.0 0 listen',
      'tcp :: 44191 :: 0 listen',
      'tcp ::1 50229 :: 0 listen',
      'udp 0.0.0.0 33207 0.0.0.0 0 close',
      'udp ::1 50967 ::1 41012 established',
      'udp ::1 41012 :: 0 close',
    ]);
  });

  it('says of a listener what the text says and no more', () => {
    expect(inetOf(all)[8]).toEqual({
      transport: 'tcp',
      family: 'ipv6',
      namespace: 'this',
      state: 'listen',
      local: { address: '::', port: 44191 },
      remote: { address: '::', port: 0 },
      interfaceIndex: 0,
      uid: 0,
      inode: 284948,
      cookie: unsupported,
      cgroupId: unsupported,
      v6only: unsupported,
      acceptQueue: { length: 0, limit: unsupported },
      receiveQueue: 0,
      sendQueue: 0,
      timer: null,
      tcpInfo: null,
    });
    expect(inetOf(all)[0]?.acceptQueue?.length).toBe(1);
  });

  it('reads timers and queues of connections', () => {
    const [, , finWait, timeWait, , keepalive] = inetOf(all);
    expect(finWait).toMatchObject({
      sendQueue: 1,
      timer: { kind: 'retransmit', expiresInMs: 200, retransmits: 0 },
      tcpInfo: unsupported,
    });
    expect(timeWait?.timer).toEqual({ kind: 'time-wait', expiresInMs: 60_000, retransmits: 0 });
    expect(keepalive?.timer).toEqual({ kind: 'keepalive', expiresInMs: 7_199_990, retransmits: 0 });
    expect(inetOf(all)[10]?.receiveQueue).toBe(5);
  });

  it('takes no user from a socket without a process', () => {
    const [listener, , , timeWait] = inetOf(all);
    expect(timeWait).toMatchObject({ inode: 0, uid: { unknown: 'unsupported' }, tcpInfo: null });
    expect(listener?.uid).toBe(0);
  });

  it('leaves counters out where only connections are asked for', () => {
    const keepalive = inetOf({ ...all, states: 'connected' })[5];
    expect(keepalive).toMatchObject({ timer: unsupported, tcpInfo: unsupported });
  });

  it('reads the names of unix sockets: spaces, no name, abstract, relative; not yet accepted ones are left out', () => {
    const rows = unixOf(all).map(({ type, state, name, inode }) => [type, state, name, inode]);
    expect(rows).toEqual([
      ['stream', 'listen', { kind: 'path', path: '/tmp/line\nfeed.sock' }, 284964],
      ['stream', 'listen', { kind: 'path', path: '/tmp/unicode-é.sock' }, 284965],
      ['stream', 'established', { kind: 'unnamed' }, 1072],
      ['stream', 'established', { kind: 'unnamed' }, 1071],
      ['stream', 'established', { kind: 'unnamed' }, 284968],
      ['stream', 'listen', { kind: 'path', path: '/tmp/with two  spaces.sock' }, 284962],
      ['stream', 'listen', { kind: 'path', path: 'rel.sock' }, 284963],
      ['seqpacket', 'listen', { kind: 'abstract', name: 'abstract name' }, 284966],
      ['dgram', 'close', { kind: 'abstract', name: 'with@nul' }, 284967],
    ]);
  });

  it('takes listeners and bound datagram sockets where listening ones are asked for', () => {
    const inodes = unixOf({ ...all, states: 'listening' }).map(({ inode }) => inode);
    expect(inodes).toEqual([284964, 284965, 284962, 284963, 284966, 284967]);
  });

  it('leaves unix sockets out where they are not asked for', () => {
    expect(unixOf({ ...all, unix: false })).toEqual([]);
  });

  it('counts raw and packet sockets', () => {
    expect(readSockets(root, all).rawSockets).toEqual([{ namespace: 'this', raw: 1, packet: 1 }]);
  });

  it('names its source and what is missing', () => {
    const { backend, problems } = readSockets(root, all);
    expect(backend).toBe('procfs');
    expect(problems.map(({ id, reason }) => [id, reason])).toEqual([
      ['netlink-unavailable', 'unsupported'],
    ]);
    expect(problems[0]?.detail).toContain('tcp, tcp6, udp, udp6, unix');
  });
});

describe('sockets of an incomplete /proc/net', () => {
  const withCopy = (change: (net: string) => void, check: (copy: string) => void): void => {
    const copy = mkdtempSync(join(tmpdir(), 'homeport-proc-'));
    try {
      cpSync(root, copy, { recursive: true });
      change(join(copy, 'net'));
      check(copy);
    } finally {
      rmSync(copy, { recursive: true });
    }
  };

  const header = 'Num       RefCount Protocol Flags    Type St Inode Path\n';
  const row = (inode: number, name: string): string =>
    `0000000000000000: 00000002 00000000 00010000 0001 01 ${inode} ${name}\n`;
  const unixTable = (text: string, check: (reading: SocketReading) => void): void =>
    withCopy(
      (net) => writeFileSync(join(net, 'unix'), header + text),
      (copy) => check(readSockets(copy, { ...all, states: 'listening' })),
    );
  const namesOf = ({ sockets }: SocketReading): unknown[] =>
    sockets.flatMap((socket) => (socket.transport === 'unix' ? [socket.name] : []));

  it('lets no name with a line feed pass for a socket that is there', () => {
    const forged = row(31, '/run/docker.sock').trimEnd();
    unixTable(row(30, '/run/real') + row(40, `x\n${forged}`) + row(31, '/run/other'), (reading) => {
      expect(namesOf(reading)).toEqual([
        { kind: 'path', path: '/run/real' },
        { kind: 'path', path: 'x' },
      ]);
      expect(reading.problems).toContainEqual({
        id: 'unix-sockets-ambiguous',
        reason: 'failed',
        detail: expect.stringMatching(/^1 unix socket is left out: .*line feed/),
      });
    });
  });

  it('gives a name the lines that are no rows', () => {
    const cut = '0000000000000000: 2 0 10000 1 1 77 /run/short';
    unixTable(row(30, `a\n\n${cut}\n`) + row(31, '@b\nc'), (reading) => {
      expect(namesOf(reading)).toEqual([
        { kind: 'path', path: `a\n\n${cut}\n` },
        { kind: 'abstract', name: 'b\nc' },
      ]);
      expect(reading.problems.map(({ id }) => id)).toEqual(['netlink-unavailable']);
      expect(reading.problems[0]?.detail).toContain('line feed');
    });
  });

  it('has no problem with a kernel without IPv6', () => {
    withCopy(
      (net) => ['tcp6', 'udp6', 'raw6'].forEach((file) => rmSync(join(net, file))),
      (copy) => {
        const { problems, sockets, rawSockets } = readSockets(copy, { ...all, unix: false });
        expect(problems.map(({ id }) => id)).toEqual(['netlink-unavailable']);
        expect(sockets).toHaveLength(9);
        expect(rawSockets[0]?.raw).toBe(1);
      },
    );
  });

  it('says which table could not be read', () => {
    withCopy(
      (net) => rmSync(join(net, 'udp')),
      (copy) => {
        const unreadable = readSockets(copy, all).problems.find(
          ({ id }) => id === 'sockets-unreadable',
        );
        expect(unreadable?.detail).toBe('udp could not be read; their sockets are missing.');
      },
    );
  });

  it('leaves out lines that are no rows', () => {
    const odd = [
      'header',
      '',
      'feed.sock',
      '   0: 0100007F:BFFB 00000000',
      '   1: 0100007F:ZZZZ 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 7 1',
      '   2: 0100:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 7 1',
      '   3: 0100007F:0050 00000000:0000 0A 00000000:00000002 00:00000000 00000000 33 0 7 1',
    ];
    withCopy(
      (net) => writeFileSync(join(net, 'tcp'), odd.join('\n')),
      (copy) => {
        const rows = readSockets(copy, { ...all, unix: false }).sockets.filter(
          ({ transport }) => transport === 'tcp',
        );
        expect(rows).toHaveLength(4);
        expect(rows[0]).toMatchObject({ local: { address: '127.0.0.1', port: 80 }, uid: 33 });
      },
    );
  });
});
