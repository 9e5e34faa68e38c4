import { describe, expect, it } from 'vitest';
import { snapshotSeries } from '../../src/host/snapshot-series.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Socket } from '../../src/model/socket.ts';
import { hostOf, oneProcess, type Scene, socket } from '../support/scene.ts';

const query = {
  states: 'connected',
  unix: false,
  otherNamespaces: false,
  holdersOf: 'listening',
} as const;

type Circumstances = {
  readonly holders?: Scene['holders'];
  readonly everyMs?: number;
  readonly running?: boolean;
};

/** Looks once for each list of sockets, a second apart unless told, on a machine of two processes. */
const looks = async (
  sockets: readonly (readonly Socket[])[],
  { holders = [{ 30: [9] }], everyMs = 1_000, running = true }: Circumstances = {},
): Promise<{ snapshots: readonly Snapshot[]; searches: number }> => {
  const scene: Scene = {
    sockets,
    holders,
    processes: [oneProcess(9, 1), oneProcess(1, 0)],
  };
  const { host, asked } = hostOf(scene, { isRunning: () => running });
  let at = 0;
  const look = snapshotSeries(host, query, new AbortController().signal, () => (at += everyMs));
  const snapshots: Snapshot[] = [];
  while (snapshots.length < sockets.length) snapshots.push(await look());
  return { snapshots, searches: asked.filter((one) => one.startsWith('holders')).length };
};

const listener = socket(30);
const accepted = socket(31, {
  state: 'established',
  local: listener.local,
  remote: { address: '127.0.0.1', port: 40_000 },
});

describe('looking again and again', () => {
  it('gives the very same snapshot while no socket changes', async () => {
    const { snapshots, searches } = await looks([[listener], [socket(30)], [socket(30)]]);
    expect(new Set(snapshots).size).toBe(1);
    expect(searches).toBe(1);
  });

  it('takes holders over where only a connection came, and went', async () => {
    const { snapshots, searches } = await looks([[listener], [listener, accepted], [listener]]);
    expect(snapshots.map((one) => one.sockets.length)).toEqual([1, 2, 1]);
    expect(snapshots.map((one) => Object.keys(one.holders))).toEqual([['30'], ['30'], ['30']]);
    expect(snapshots[2]?.takenAt).not.toBe(snapshots[0]?.takenAt);
    expect(searches).toBe(1);
  });

  it.each([
    ['another peer', { ...accepted, remote: { address: '127.0.0.1', port: 40_001 } }],
    ['another state', { ...accepted, state: 'close-wait' }],
    ['another inode', { ...accepted, inode: 32 }],
    ['another namespace', { ...accepted, namespace: 'net:[9]' }],
  ] satisfies [string, Socket][])('sees %s behind as many sockets', async (_, changed) => {
    const { snapshots } = await looks([
      [listener, accepted],
      [listener, changed],
    ]);
    expect(snapshots[1]?.sockets).toEqual([listener, changed]);
  });

  it('sees a connection that nobody has accepted yet', async () => {
    const queue = (length: number) => socket(30, { acceptQueue: { length, limit: 9 } });
    const { snapshots } = await looks([[queue(0)], [queue(1)]]);
    expect(snapshots[1]?.sockets).toEqual([queue(1)]);
  });
});

describe('who holds a socket is searched anew', () => {
  it('for a new listener', async () => {
    const { snapshots, searches } = await looks([[listener], [listener, socket(40)]], {
      holders: [{ 30: [9] }, { 30: [9], 40: [9] }],
    });
    expect(Object.keys(snapshots[1]?.holders ?? {})).toEqual(['30', '40']);
    expect(searches).toBe(2);
  });

  it('after a holder has ended', async () => {
    const { searches } = await looks([[listener], [listener]], { running: false });
    expect(searches).toBe(2);
  });

  it('after ten seconds, as a descriptor can change hands unseen', async () => {
    const { snapshots, searches } = await looks([[listener], [listener]], {
      holders: [{ 30: [9] }, { 30: [1] }],
      everyMs: 10_000,
    });
    expect(snapshots[1]?.holders['30']?.map(({ pid }) => pid)).toEqual([1]);
    expect(searches).toBe(2);
  });
});
