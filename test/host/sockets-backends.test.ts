import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SocketQuery, SocketReading } from '../../src/host/host.ts';
import { readSockets } from '../../src/host/linux/sockets.ts';
import { isKnown } from '../../src/model/known.ts';
import type { Socket } from '../../src/model/socket.ts';
import { hasPython, startPython, type RunningPython } from '../support/start-python.ts';

const everyKind = (directory: string): string => `
import os, socket, sys
os.chdir(${JSON.stringify(directory)})
keep = []
def tcp(family, address, v6only=0):
    server = socket.socket(family)
    if family == socket.AF_INET6: server.setsockopt(41, 26, v6only)
    server.bind((address, 0)); server.listen(5); keep.append(server)
    return server
def udp(family, address):
    bound = socket.socket(family, socket.SOCK_DGRAM); bound.bind((address, 0))
    connected = socket.socket(family, socket.SOCK_DGRAM); connected.connect(bound.getsockname())
    keep.extend([bound, connected])
def connect(server, address):
    client = socket.create_connection((address, server.getsockname()[1])); keep.append(client)
    return client
four = tcp(socket.AF_INET, '127.0.0.1'); dual = tcp(socket.AF_INET6, '::')
tcp(socket.AF_INET6, '::1', 1); tcp(socket.AF_INET, '0.0.0.0')
unread = connect(four, '127.0.0.1'); taken, _ = four.accept(); keep.append(taken); unread.send(b'12345')
connect(dual, '127.0.0.1'); connect(dual, '::1')
connect(four, '127.0.0.1').setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
closing = socket.create_connection(four.getsockname()); closing.close()
udp(socket.AF_INET, '127.0.0.1'); udp(socket.AF_INET6, '::1')
for kind, name in [(1, 'a b.sock'), (5, '\\0abstract'), (2, 'd.sock')]:
    bound = socket.socket(socket.AF_UNIX, kind); bound.bind(name); keep.append(bound)
    if kind != 2: bound.listen(2)
    client = socket.socket(socket.AF_UNIX, kind); client.connect(name); keep.append(client)
print('open', flush=True)
sys.stdin.read()`;

// What the text does not tell, and what moves between two readings.
const told = (socket: Socket): unknown =>
  socket.transport === 'unix'
    ? {
        ...socket,
        peerInode: 0,
        uid: 0,
        cookie: '',
        acceptQueue: null,
        receiveQueue: 0,
        sendQueue: 0,
      }
    : {
        ...socket,
        cookie: '',
        cgroupId: '',
        v6only: socket.v6only === null ? null : false,
        acceptQueue: socket.acceptQueue && { ...socket.acceptQueue, limit: 0 },
        timer: socket.timer && isKnown(socket.timer) ? socket.timer.kind : socket.timer,
        tcpInfo: socket.tcpInfo === null ? null : 'told',
      };

const inodesOf = (pid: number): ReadonlySet<number> => {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  return new Set(links.map((link) => Number(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? -1)));
};

// Other programs open and close sockets meanwhile: only this one's are compared, and the ends of
// its connections that have no inode.
const linesOf = (pid: number, { sockets }: SocketReading): readonly string[] => {
  const inodes = inodesOf(pid);
  const own = sockets.filter(({ inode }) => inodes.has(inode));
  const ports = new Set(
    own.flatMap((socket) =>
      socket.transport === 'tcp' && socket.state === 'listen' ? [socket.local.port] : [],
    ),
  );
  const orphans = sockets.filter(
    (socket) =>
      socket.transport === 'tcp' &&
      socket.inode === 0 &&
      (ports.has(socket.local.port) || ports.has(socket.remote.port)),
  );
  return [...own, ...orphans].map((socket) => JSON.stringify(told(socket))).toSorted();
};

const withoutFfi = (query: SocketQuery): SocketReading => {
  process.env['HOMEPORT_NO_FFI'] = '1';
  try {
    return readSockets('/proc', query);
  } finally {
    delete process.env['HOMEPORT_NO_FFI'];
  }
};

describe.skipIf(!hasPython)('netlink and the text of /proc/net (skipped without python3)', () => {
  let directory = '';
  let opened: RunningPython;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'homeport-kinds-'));
    opened = await startPython(everyKind(directory));
  });
  afterAll(async () => {
    await opened.stop();
    rmSync(directory, { recursive: true });
  });

  it.each(['listening', 'connected', 'all'] as const)('answer alike for %s', (states) => {
    const query: SocketQuery = { unix: true, states, otherNamespaces: false };
    const netlink = readSockets('/proc', query);
    const text = withoutFfi(query);
    expect([netlink.backend, text.backend]).toEqual(['netlink', 'procfs']);
    const lines = linesOf(opened.pid, netlink);
    expect(lines).toHaveLength(states === 'listening' ? 11 : 26);
    expect(linesOf(opened.pid, text)).toEqual(lines);
  });

  it('say only where netlink is missing what that leaves out', () => {
    const query: SocketQuery = { unix: true, states: 'all', otherNamespaces: false };
    expect(readSockets('/proc', query).problems).toEqual([]);
    expect(withoutFfi(query).problems.map(({ id }) => id)).toEqual(['netlink-unavailable']);
  });
});
