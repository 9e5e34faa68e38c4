import { describe, expect, it } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { type SnapshotQuery, takeSnapshot, wantedInodes } from '../../src/host/snapshot.ts';
import type { Socket } from '../../src/model/socket.ts';
import { soundNetwork } from '../support/diagnosis-facts.ts';
import { hostOf, oneProcess, type Scene, socket, unixSocket } from '../support/scene.ts';

const never = new AbortController().signal;
const query: SnapshotQuery = {
  states: 'connected',
  unix: false,
  otherNamespaces: true,
  holdersOf: 'listening',
};
const take = (host: Host, asked: Partial<SnapshotQuery> = {}, signal = never) =>
  takeSnapshot(host, { ...query, ...asked }, signal, () => 0);

describe('a snapshot', () => {
  it('holds the holders, with all their ancestors, each once', async () => {
    const { host, asked } = hostOf({
      sockets: [[socket(30), socket(20)]],
      holders: [{ 30: [9], 20: [9, 5] }],
      processes: [oneProcess(9, 5), oneProcess(5, 1), oneProcess(1, 0), oneProcess(7, 1)],
    });
    const snapshot = await take(host);
    expect(snapshot.processes.map(({ pid }) => pid)).toEqual([1, 5, 9]);
    expect(Object.keys(snapshot.holders)).toEqual(['20', '30']);
    expect(Object.keys(snapshot.projects)).toEqual(['/srv/5', '/srv/9']);
    expect(snapshot).toMatchObject({
      version: 1,
      takenAt: '1970-01-01T00:00:00.000Z',
      users: { 1000: 'ann' },
    });
    expect(asked.filter((one) => one.startsWith('process'))).toHaveLength(3);
  });

  it('ends at parents that make a circle', async () => {
    const { host } = hostOf({
      sockets: [[socket(30)]],
      holders: [{ 30: [9] }],
      processes: [oneProcess(9, 5), oneProcess(5, 9)],
    });
    expect((await take(host)).processes.map(({ pid }) => pid)).toEqual([5, 9]);
  });

  it('survives JSON', async () => {
    const { host } = hostOf({
      sockets: [[socket(30)]],
      holders: [{ 30: [9] }],
      processes: [oneProcess(9, 0)],
    });
    const snapshot = await take(host);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it('reads more of the processes that were named', async () => {
    const scene: Scene = {
      sockets: [[socket(30)]],
      holders: [{ 30: [9] }],
      processes: [oneProcess(9, 0), oneProcess(7, 0)],
    };
    const some = hostOf(scene);
    const snapshot = await take(some.host, {
      detailFor: new Set([9]),
      alsoProcesses: new Set([7, 404]),
    });
    expect(some.asked).toEqual(expect.arrayContaining(['process 9 full', 'process 7 brief']));
    expect(Object.keys(snapshot.projects)).toEqual(['/srv/7', '/srv/9']);
    const all = hostOf(scene);
    await take(all.host, { detail: 'full' });
    expect(all.asked).toContain('process 9 full');
  });

  it('asks for the paths of groups only where no holder can be seen', async () => {
    const { host, asked } = hostOf({
      sockets: [[socket(30, { cgroupId: '77' }), socket(40, { cgroupId: '88', uid: 0 })]],
      holders: [{ 30: [9] }],
      processes: [oneProcess(9, 0)],
      unreadable: 3,
    });
    expect((await take(host)).cgroups).toEqual({ 88: '/group-88' });
    expect(asked).toContain('cgroups 88');
    expect(asked.filter((one) => one === 'sockets')).toHaveLength(1);
  });

  it('holds the groups of what systemd keeps for its units, where all is asked for', async () => {
    const scene: Scene = {
      sockets: [[socket(7, { cgroupId: '88' }), socket(8, { cgroupId: '99' })]],
      holders: [{ 7: [1], 8: [400] }],
      processes: [oneProcess(1, 0, { comm: 'systemd' }), oneProcess(400, 1)],
    };
    expect((await take(hostOf(scene).host)).cgroups).toEqual({});
    expect((await take(hostOf(scene).host, { detail: 'full' })).cgroups).toEqual({
      88: '/group-88',
    });
  });

  it('holds the network only where that is asked for', async () => {
    const scene: Scene = { sockets: [[]], holders: [{}], processes: [] };
    const without = hostOf(scene);
    expect(await take(without.host)).not.toHaveProperty('network');
    expect(without.asked.filter((one) => one.startsWith('network'))).toEqual([]);
    const { host, asked } = hostOf(scene);
    const snapshot = await take(host, { network: { destinations: ['10.0.0.1'] } });
    expect(asked).toContain('network 10.0.0.1');
    expect(snapshot.network).toEqual({
      ...soundNetwork,
      firewall: { unknown: 'unsupported', why: 'not asked for' },
    });
  });

  it('holds the packet filter only where that is asked for too', async () => {
    const firewall = { chains: [], notes: ['as read'] };
    const { host } = hostOf(
      { sockets: [[]], holders: [{}], processes: [] },
      { firewall: async () => firewall },
    );
    const asked = { destinations: [], firewall: true };
    expect((await take(host, { network: asked })).network?.firewall).toBe(firewall);
  });

  it('tells each problem once, the engines included', async () => {
    const problem = { id: 'x', reason: 'failed', detail: 'y' } as const;
    const { host } = hostOf(
      { sockets: [[]], holders: [{}], processes: [] },
      { containers: async () => ({ containers: [], problems: [problem, problem] }) },
    );
    expect((await take(host)).problems).toEqual([problem]);
  });

  it("rejects with the signal's reason, before and while engines are asked", async () => {
    const reason = new Error('enough');
    const scene: Scene = { sockets: [[]], holders: [{}], processes: [] };
    const { host, asked } = hostOf(scene);
    await expect(take(host, {}, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(asked).toEqual([]);
    const caller = new AbortController();
    const slow = hostOf(scene, {
      containers: async () => {
        caller.abort(reason);
        return { containers: [], problems: [] };
      },
    });
    await expect(take(slow.host, {}, caller.signal)).rejects.toBe(reason);
  });
});

describe('what changes while it is looked at', () => {
  it('a holder that ended: looked at again, and the new holder is told', async () => {
    const { host } = hostOf({
      sockets: [[socket(30)], [socket(31)]],
      holders: [{ 30: [8] }, { 31: [9] }],
      processes: [oneProcess(9, 0)],
    });
    const snapshot = await take(host);
    expect(snapshot.sockets.map(({ inode }) => inode)).toEqual([31]);
    expect(snapshot.holders).toMatchObject({ 31: [{ pid: 9 }] });
  });

  it('holders that keep ending are left out, and the look ends', async () => {
    const { host, asked } = hostOf({
      sockets: [[socket(30), socket(40)]],
      holders: [{ 30: [8], 40: [8, 9] }],
      processes: [oneProcess(9, 0)],
      unreadable: 0,
    });
    const snapshot = await take(host);
    expect(snapshot.holders).toEqual({ 40: [{ pid: 9, fds: [3], accepting: null }] });
    expect(asked.filter((one) => one.startsWith('holders'))).toHaveLength(2);
  });

  it('a socket that nobody holds any more is looked for again', async () => {
    const { host } = hostOf({
      sockets: [[socket(30), socket(40), socket(50)], [socket(40)]],
      holders: [{ 50: [9] }],
      processes: [oneProcess(9, 0)],
    });
    expect((await take(host)).sockets.map(({ inode }) => inode)).toEqual([40, 50]);
  });

  it("but not where it may be another user's", async () => {
    const { host } = hostOf({
      sockets: [[socket(30, { uid: 0 }), socket(40)], []],
      holders: [{}],
      processes: [],
      unreadable: 2,
    });
    expect((await take(host)).sockets.map(({ inode }) => inode)).toEqual([30]);
  });
});

describe('projects', () => {
  const projectAt = (root: string) => ({ root, markers: ['Makefile'], manifest: null, git: null });
  const scene = (mounts: readonly string[]): Scene => ({
    sockets: [[socket(30)]],
    holders: [{ 30: mounts.map((_, at) => at + 1) }],
    processes: mounts.map((mnt, at) =>
      oneProcess(at + 1, 0, {
        cwd: '/app',
        namespaces: { net: 'net:[1]', pid: 'pid:[1]', mnt },
      }),
    ),
  });

  it('are read once for a folder of one file tree', async () => {
    const pids: (number | undefined)[] = [];
    const { host } = hostOf(scene(['mnt:[1]', 'mnt:[1]']), {
      project: (directory, pid) => {
        pids.push(pid);
        return projectAt(directory);
      },
    });
    expect((await take(host)).projects).toEqual({ '/app': projectAt('/app') });
    expect(pids).toEqual([1]);
  });

  it('are not told where the same name means two folders', async () => {
    const { host } = hostOf(scene(['mnt:[1]', 'mnt:[2]']), {
      project: (directory, pid) => (pid === 1 ? projectAt(directory) : null),
    });
    expect((await take(host)).projects).toMatchObject({ '/app': { unknown: 'other-namespace' } });
  });
});

describe('wanted inodes', () => {
  const connected = { remote: { address: '127.0.0.1', port: 9 } };
  const sockets: readonly Socket[] = [
    socket(1),
    socket(2, { state: 'established', ...connected }),
    socket(3, { transport: 'udp', state: 'close' }),
    socket(0, { state: 'time-wait' }),
    socket(1, { family: 'ipv6' }),
    unixSocket(4),
    unixSocket(5, { state: 'established', peerInode: 6 }),
    unixSocket(7, { type: 'dgram', state: 'close' }),
    unixSocket(8, { type: 'dgram', state: 'established', peerInode: 7 }),
  ];

  it('are those of what listens', () => {
    expect([...wantedInodes(sockets, 'listening')]).toEqual([1, 3, 4, 7]);
  });

  it('or of all, without those of the kernel', () => {
    expect([...wantedInodes(sockets, 'all')]).toEqual([1, 2, 3, 4, 5, 7, 8]);
  });
});
