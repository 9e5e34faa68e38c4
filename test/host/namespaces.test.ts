import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SocketQuery, SocketReading } from '../../src/host/host.ts';
import { openFfi } from '../../src/host/linux/ffi.ts';
import { inNamespaceOf } from '../../src/host/linux/namespace-entry.ts';
import {
  openNamespaceReader,
  type NamespaceReader,
} from '../../src/host/linux/namespace-reader.ts';
import { listOtherNamespaces } from '../../src/host/linux/namespaces.ts';
import { readSockets } from '../../src/host/linux/sockets.ts';
import { isRoot } from '../support/start-server.ts';
import { startPython, type RunningPython } from '../support/start-python.ts';

const query: SocketQuery = { unix: true, states: 'listening', otherNamespaces: true };

/** A reader that answers from a table: pid → [namespace or negative errno, inode of net/dev]. */
const readerOf = (table: Readonly<Record<string, readonly [number, number]>>): NamespaceReader => ({
  pids: () => Object.keys(table).map(Number).filter(Boolean),
  namespaceOf: (process) => table[process]?.[0] ?? -2,
  tableOf: (process) => table[process]?.[1] ?? -2,
  close: () => {},
});

describe('listOtherNamespaces', () => {
  it('finds none where all processes are in our own', () => {
    const reader = readerOf({ self: [10, 1], 1: [10, 1], 2: [10, 1] });
    expect(listOtherNamespaces(reader)).toEqual({ others: [], refused: 0 });
  });

  it('keeps three processes of each other one', () => {
    const members = Object.fromEntries([3, 4, 5, 6].map((pid) => [pid, [11, 2] as const]));
    const reader = readerOf({ self: [10, 1], 1: [10, 1], 2: [12, 3], ...members });
    expect(listOtherNamespaces(reader).others).toEqual([
      { name: 'net:[12]', pids: [2] },
      { name: 'net:[11]', pids: [3, 4, 5] },
    ]);
  });

  it('counts those that refuse once each, and not those known by another process', () => {
    const reader = readerOf({
      self: [10, 1],
      1: [-13, 1],
      2: [-13, 7],
      3: [-13, 7],
      4: [-13, 8],
      5: [12, 3],
      6: [-13, 3],
      7: [-2, -2],
    });
    expect(listOtherNamespaces(reader)).toEqual({
      others: [{ name: 'net:[12]', pids: [5] }],
      refused: 2,
    });
  });

  it('finds nothing where our own can not be read', () => {
    expect(listOtherNamespaces(readerOf({ 1: [12, 3] }))).toEqual({ others: [], refused: 0 });
  });
});

describe('openNamespaceReader', () => {
  it('reads alike by libc and by plain files', () => {
    const readers = [openNamespaceReader(openFfi(), '/proc'), openNamespaceReader(null, '/proc')];
    const facts = readers.map((reader) => [
      reader.namespaceOf('self'),
      reader.tableOf('self'),
      reader.namespaceOf(process.pid),
      reader.namespaceOf(0),
      reader.tableOf(0),
      reader.pids().includes(process.pid),
    ]);
    readers.forEach((reader) => reader.close());
    const own = Number(/\d+/.exec(readlinkSync('/proc/self/ns/net'))?.[0]);
    expect(facts[0]).toEqual([own, expect.any(Number), own, -2, -2, true]);
    expect(facts[1]).toEqual(facts[0]);
  });
});

describe('sockets of another namespace in a recorded /proc', () => {
  const fixture = join(import.meta.dirname, '../fixtures/proc-net');
  let root = '';

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'homeport-proc-'));
    cpSync(fixture, root, { recursive: true });
    for (const [pid, namespace] of [
      ['self', 10],
      ['1', 10],
      ['7', 12],
      ['8', 12],
    ]) {
      mkdirSync(join(root, `${pid}`, 'ns'), { recursive: true });
      symlinkSync(`net:[${namespace}]`, join(root, `${pid}`, 'ns', 'net'));
    }
    cpSync(join(fixture, 'net'), join(root, '8', 'net'), { recursive: true });
    writeFileSync(join(root, '8', 'net', 'dev'), '');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('come from the first of its processes that has not ended', () => {
    const { sockets, rawSockets } = readSockets(root, query);
    const count = (namespace: string): number =>
      sockets.filter((socket) => socket.namespace === namespace).length;
    expect(count('net:[12]')).toBe(count('this'));
    expect(rawSockets.map(({ namespace }) => namespace)).toEqual(['this', 'net:[12]']);
  });

  it('are a problem where none of its processes shows them', () => {
    rmSync(join(root, '8'), { recursive: true });
    const { sockets, problems } = readSockets(root, query);
    expect(sockets.every(({ namespace }) => namespace === 'this')).toBe(true);
    expect(problems.find(({ id }) => id === 'other-namespaces-unreadable')).toMatchObject({
      reason: 'denied',
      detail: expect.stringContaining('1 other network namespace '),
    });
  });
});

describe.skipIf(!isRoot)('sockets of a real network namespace (needs root: unshare)', () => {
  let inside: RunningPython;

  beforeAll(async () => {
    inside = await startPython(
      `
import os, socket, subprocess, sys
subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
server = socket.socket(); server.bind(('127.0.0.1', 4242)); server.listen(3)
hidden = socket.socket(socket.AF_UNIX); hidden.bind('\\0homeport namespace test'); hidden.listen(1)
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)
print(os.readlink('/proc/self/ns/net'), flush=True)
sys.stdin.read()`,
      ['unshare', '--net'],
    );
  });
  afterAll(() => inside.stop());

  const facts = ({ sockets }: SocketReading): unknown =>
    sockets
      .filter(({ namespace }) => namespace === inside.first)
      .map((socket) => (socket.transport === 'unix' ? socket.name : socket.local));
  const expected = [
    { address: '127.0.0.1', port: 4242 },
    { kind: 'abstract', name: 'homeport namespace test' },
  ];

  it('are read with all fields, and we are back in our own after', () => {
    const before = readlinkSync('/proc/thread-self/ns/net');
    const reading = readSockets('/proc', query);
    expect(facts(reading)).toEqual(expected);
    const [tcp] = reading.sockets.filter(({ namespace }) => namespace === inside.first);
    expect(tcp).toMatchObject({ acceptQueue: { length: 0, limit: 3 }, uid: 0 });
    expect(reading.rawSockets).toContainEqual({ namespace: inside.first, raw: 1, packet: 0 });
    expect(reading.problems).toEqual([]);
    expect(readlinkSync('/proc/thread-self/ns/net')).toBe(before);
  });

  it('are left alone where they are not asked for', () => {
    expect(facts(readSockets('/proc', { ...query, otherNamespaces: false }))).toEqual([]);
  });

  it('are read from the text of /proc without libc', () => {
    process.env['HOMEPORT_NO_FFI'] = '1';
    const reading = readSockets('/proc', query);
    delete process.env['HOMEPORT_NO_FFI'];
    expect(facts(reading)).toEqual(expected);
  });

  it('are left even where the work inside fails', () => {
    const ffi = openFfi();
    if (ffi === null) throw new Error('koffi did not load');
    const before = readlinkSync('/proc/thread-self/ns/net');
    let within = '';
    const work = (): never => {
      within = readlinkSync('/proc/thread-self/ns/net');
      throw new Error('failed inside');
    };
    expect(() => inNamespaceOf(ffi, inside.pid, inside.first, work)).toThrow('failed inside');
    expect(within).toBe(inside.first);
    expect(readlinkSync('/proc/thread-self/ns/net')).toBe(before);
  });

  it('are refused by number where the process has ended', () => {
    const ffi = openFfi();
    if (ffi === null) throw new Error('koffi did not load');
    expect(inNamespaceOf(ffi, 0, inside.first, () => 'inside')).toBe(2);
  });

  it('are not entered by a pid that means a process elsewhere by now', () => {
    const ffi = openFfi();
    if (ffi === null) throw new Error('koffi did not load');
    const before = readlinkSync('/proc/thread-self/ns/net');
    const work = (): string => readlinkSync('/proc/thread-self/ns/net');
    expect(inNamespaceOf(ffi, inside.pid, 'net:[1]', work)).toBe(3);
    expect(inNamespaceOf(ffi, process.pid, inside.first, work)).toBe(3);
    expect(readlinkSync('/proc/thread-self/ns/net')).toBe(before);
  });
});
