import type { Host, HolderReading, SocketReading } from '../../src/host/host.ts';
import { type Known, unknown } from '../../src/model/known.ts';
import type { Machine } from '../../src/model/machine.ts';
import type { Process } from '../../src/model/process.ts';
import type { InetSocket, Socket, UnixSocket } from '../../src/model/socket.ts';
import { soundAsker, soundNetwork, soundWatches } from './diagnosis-facts.ts';

/** What no scene tells. */
export const unsupported = unknown('unsupported');
/** A listening TCP socket, or what `facts` make of it. */
export const socket = (inode: number, facts: Partial<InetSocket> = {}): InetSocket => ({
  transport: 'tcp',
  family: 'ipv4',
  namespace: 'this',
  state: 'listen',
  local: { address: '127.0.0.1', port: inode },
  remote: { address: '0.0.0.0', port: 0 },
  interfaceIndex: 0,
  uid: 1000,
  inode,
  cookie: unsupported,
  cgroupId: unsupported,
  v6only: null,
  acceptQueue: null,
  receiveQueue: 0,
  sendQueue: 0,
  timer: null,
  tcpInfo: null,
  ...facts,
});

/** A listening unix socket, or what `facts` make of it. */
export const unixSocket = (inode: number, facts: Partial<UnixSocket> = {}): UnixSocket => ({
  transport: 'unix',
  namespace: 'this',
  type: 'stream',
  state: 'listen',
  name: { kind: 'unnamed' },
  inode,
  peerInode: null,
  uid: 1000,
  cookie: unsupported,
  acceptQueue: null,
  receiveQueue: 0,
  sendQueue: 0,
  ...facts,
});

/** A sleeping process, or what `facts` make of it. */
export const oneProcess = (pid: number, ppid: number, facts: Partial<Process> = {}): Process => ({
  pid,
  startTicks: pid,
  bootId: 'b',
  startedAt: '2026-11-21T10:00:00.000Z',
  ppid,
  processGroup: pid,
  session: pid,
  tty: 0,
  state: 'S',
  kernelThread: false,
  comm: `p${pid}`,
  argv: [],
  exe: unsupported,
  cwd: `/srv/${pid}`,
  uid: 1000,
  user: null,
  cgroup: '/',
  namespaces: { net: 'net:[1]', pid: 'pid:[1]', mnt: 'mnt:[1]' },
  threads: 1,
  cpuMs: 0,
  memoryBytes: 0,
  files: { open: unsupported, limit: unsupported },
  environment: {},
  ...facts,
});

const machine: Machine = {
  platform: 'linux',
  kernel: '6',
  hostname: 'h',
  bootId: 'b',
  bootedAt: unsupported,
  ephemeralRange: unsupported,
  reservedPorts: unsupported,
  unprivilegedPortStart: unsupported,
  uid: 1000,
  namespace: 'net:[1]',
};

/** What a machine of literals answers. */
export type Scene = {
  /** Answers in turn; the last one stays. */
  readonly sockets: readonly (readonly Socket[])[];
  /** Answers in turn; the last one stays. */
  readonly holders: readonly Readonly<Record<number, readonly number[]>>[];
  readonly processes: readonly Process[];
  readonly unreadable?: number;
};

/** A machine made of literals that writes down what it was asked. */
export const hostOf = (scene: Scene, overrides: Partial<Host> = {}) => {
  const asked: string[] = [];
  const turn = { sockets: 0, holders: 0 };
  const next = <T>(answers: readonly T[], which: 'sockets' | 'holders'): T => {
    const answer = answers[Math.min(turn[which]++, answers.length - 1)];
    if (answer === undefined) throw new Error(`no answer for ${which}`);
    return answer;
  };
  const host: Host = {
    machine: () => machine,
    interfaces: () => [],
    socketsInUse: () => scene.sockets[0]?.length ?? 0,
    sockets: (): SocketReading => {
      asked.push('sockets');
      const sockets = next(scene.sockets, 'sockets');
      return { backend: 'netlink', sockets, rawSockets: [], problems: [] };
    },
    holders: (wanted): HolderReading => {
      asked.push(`holders ${[...wanted].join(' ')}`);
      const entries = Object.entries(next(scene.holders, 'holders')).map(
        ([inode, pids]) =>
          [Number(inode), pids.map((pid) => ({ pid, fds: [3], accepting: null }))] as const,
      );
      return {
        holders: new Map(entries),
        unreadableProcesses: scene.unreadable ?? 0,
        problems: [],
      };
    },
    process: (pid, detail): Known<Process> => {
      asked.push(`process ${pid} ${detail}`);
      return scene.processes.find((one) => one.pid === pid) ?? unknown('gone');
    },
    isRunning: () => true,
    pids: () => [],
    cgroupPaths: (ids) => {
      asked.push(`cgroups ${[...ids].join(' ')}`);
      return new Map([...ids].map((id) => [id, `/group-${id}`]));
    },
    userName: (uid) => (uid === 1000 ? 'ann' : null),
    project: () => null,
    containers: async () => ({ containers: [], problems: [] }),
    network: (destinations) => {
      asked.push(`network ${destinations.join(' ')}`.trimEnd());
      return soundNetwork;
    },
    fileWatches: () => soundWatches,
    asker: () => soundAsker,
    loopbackTrip: async (family) => ({ family, outcome: 'made', code: null, durationMs: 1 }),
    firewall: async () => unsupported,
    tryListen: async () => unsupported,
    stateFile: () => {
      throw new Error('this machine keeps no state');
    },
    reservedPorts: { file: '/etc/sysctl.d/60-homeport.conf', write: () => {} },
    realFolder: () => unsupported,
    textFile: () => unsupported,
    resolve: async () => unsupported,
    terminalText: async () => unsupported,
    tryBind: ({ transport, address, port }) => {
      asked.push(`bind ${transport} ${address} ${port}`);
      return { reusing: null, plain: null };
    },
    self: () => ({ pid: 99_999, ancestors: [], uids: [1000] }),
    control: () => Promise.reject(new Error('nothing is changed')),
    dial: () => Promise.reject(new Error('nothing is dialled')),
    ...overrides,
  };
  return { host, asked };
};
