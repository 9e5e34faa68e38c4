import { describe, expect, it } from 'vitest';
import { judgeProcesses } from '../../src/explain/judgement.ts';
import { parseFilter } from '../../src/explain/filter.ts';
import { judgeListeners } from '../../src/explain/listeners.ts';
import { indexSnapshot } from '../../src/explain/snapshot-index.ts';
import { takeSnapshot } from '../../src/host/snapshot.ts';
import { knownOr } from '../../src/model/known.ts';
import type { InetListener } from '../../src/model/listener.ts';
import type { Process } from '../../src/model/process.ts';
import type { InetSocket, SocketAddress } from '../../src/model/socket.ts';
import { hostOf, oneProcess, socket } from '../support/scene.ts';

const at = (address: string, port: number): SocketAddress => ({ address, port });

const listening = (inode: number, local: SocketAddress): InetSocket =>
  local.address.includes(':')
    ? socket(inode, { local, family: 'ipv6', v6only: true, remote: at('::', 0) })
    : socket(inode, { local });

const taken = (inode: number, local: SocketAddress, remote: SocketAddress): InetSocket =>
  socket(inode, {
    state: 'established',
    local,
    remote,
    family: local.address.includes(':') ? 'ipv6' : 'ipv4',
  });

/** An hour after the scene's processes began. */
const now = Date.parse('2026-11-21T11:00:00.000Z');

/** The inet rows of a machine made of literals. */
const judge = async (
  sockets: readonly InetSocket[],
  holders: Readonly<Record<number, readonly number[]>> = {},
  processes: readonly Process[] = [],
): Promise<readonly InetListener[]> => {
  const { host } = hostOf({ sockets: [sockets], holders: [holders], processes, unreadable: 1 });
  const query = { states: 'all', unix: false, otherNamespaces: false, holdersOf: 'all' } as const;
  const snapshot = await takeSnapshot(host, query, new AbortController().signal, () => now);
  return judgeListeners(judgeProcesses(indexSnapshot(snapshot))).filter(
    (listener) => listener.transport !== 'unix',
  );
};

describe('connections of a listener', () => {
  const away = at('192.0.2.7', 50_000);

  it('are counted once where a server listens on both wildcards', async () => {
    const rows = await judge([
      listening(10, at('0.0.0.0', 80)),
      listening(20, at('::', 80)),
      taken(30, at('192.0.2.1', 80), away),
      taken(40, at('192.0.2.1', 80), at('192.0.2.8', 50_000)),
      taken(50, at('2001:db8::1', 80), at('2001:db8::7', 50_000)),
    ]);
    const counts = rows.map(({ address, connectionCount }) => [address, connectionCount]);
    expect(counts).toEqual([
      ['0.0.0.0', 2],
      ['::', 1],
    ]);
  });

  it('count for :: where it took them over IPv4', async () => {
    const [row] = await judge([
      listening(20, at('::', 80)),
      taken(30, at('::ffff:192.0.2.1', 80), at('::ffff:192.0.2.7', 50_000)),
    ]);
    expect(row?.connectionCount).toBe(1);
  });

  it('count for the address that they came to', async () => {
    const rows = await judge([
      listening(10, at('127.0.0.1', 80)),
      listening(20, at('127.0.0.2', 80)),
      taken(30, at('127.0.0.2', 80), at('127.0.0.1', 50_000)),
    ]);
    expect(rows.map(({ connectionCount }) => connectionCount)).toEqual([0, 1]);
  });
});

describe('who accepts', () => {
  const rolesOf = (row: InetListener | undefined) =>
    knownOr(row?.owners ?? [], []).map(({ pid, role }) => [pid, role]);

  it('comes with whom each process runs as, whoever opened the socket', async () => {
    const [row] = await judge([{ ...listening(10, at('127.0.0.1', 80)), uid: 0 }], { 10: [5, 6] }, [
      oneProcess(5, 0, { uid: 0, user: 'root' }),
      oneProcess(6, 5, { uid: 65_534, user: 'nobody' }),
    ]);
    const users = knownOr(row?.owners ?? [], []).map(({ uid, user }) => [uid, user]);
    expect([row?.uid, users]).toEqual([
      0,
      [
        [0, 'root'],
        [65_534, 'nobody'],
      ],
    ]);
    expect(row !== undefined && parseFilter(['user:nobody'])(row)).toBe(true);
    expect(row !== undefined && parseFilter(['user:ann'])(row)).toBe(false);
  });

  it('is not told by a connection to another address with the same port', async () => {
    const rows = await judge(
      [
        listening(10, at('127.0.0.1', 80)),
        listening(20, at('127.0.0.2', 80)),
        taken(30, at('127.0.0.2', 80), at('127.0.0.1', 50_000)),
      ],
      { 10: [5, 6], 20: [5, 6], 30: [6] },
      [oneProcess(5, 0), oneProcess(6, 5)],
    );
    expect(rolesOf(rows[0])).toEqual([
      [5, 'holds'],
      [6, 'holds'],
    ]);
    expect(rolesOf(rows[1])).toEqual([
      [6, 'accepts'],
      [5, 'holds'],
    ]);
  });

  it.each([
    ['just forked', 'for its connection', 900, 'holds'],
    ['running for a while', 'to accept', 1_100, 'accepts'],
  ] as const)('a child %s may have been started %s', async (_, _why, ageMs, role) => {
    const startedAt = new Date(now - ageMs).toISOString();
    const [row] = await judge(
      [listening(10, at('127.0.0.1', 80)), taken(30, at('127.0.0.1', 80), at('127.0.0.1', 50_000))],
      { 10: [5, 6], 30: [6] },
      [oneProcess(5, 0), oneProcess(6, 5, { startedAt })],
    );
    expect(new Map(knownOr(row?.owners ?? [], []).map((one) => [one.pid, one.role])).get(6)).toBe(
      role,
    );
  });
});

describe('a socket that several hold', () => {
  const origins = async (first: Partial<Process>) => {
    const rows = await judge([listening(10, at('127.0.0.1', 80))], { 10: [1, 6] }, [
      oneProcess(1, 0, first),
      oneProcess(6, 1),
    ]);
    return rows.map(({ origin }) => knownOr(origin, null)?.id);
  };

  it('is activated where systemd is one of them', async () => {
    expect(await origins({ comm: 'systemd' })).toEqual(['socket-activation']);
  });

  it('is not for the first process of a container, which started the others', async () => {
    expect(await origins({ comm: 'nginx' })).toEqual(['entrypoint']);
  });
});
