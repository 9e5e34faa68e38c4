import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SocketQuery } from '../../src/host/host.ts';
import { readSockets } from '../../src/host/linux/sockets.ts';
import type { Socket, UnixSocket } from '../../src/model/socket.ts';
import { listen } from '../support/open-sockets.ts';
import { hasPython, startPython, type RunningPython } from '../support/start-python.ts';

const all: SocketQuery = { unix: true, states: 'all', otherNamespaces: false };
const isUnix = (row: Socket): row is UnixSocket => row.transport === 'unix';
const own = process.getuid?.();

describe.skipIf(!hasPython)('unix sockets (skipped without python3)', () => {
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
