import type { Connection, End } from '../../../../src/model/connection.ts';
import type { ChainLink, Explanation, Owner } from '../../../../src/model/explanation.ts';
import type { InetListener, UnixListener } from '../../../../src/model/listener.ts';
import type { Process } from '../../../../src/model/process.ts';

/** The moment at which all literals were read. */
export const takenAt = '2026-11-21T14:03:12.120Z';
export const now = Date.parse(takenAt);

/** A moment some seconds before `takenAt`. */
export const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString();

/** A dev server on 127.0.0.1:5173 of project shop; `given` replaces fields. */
export const inetListener = (given: Partial<InetListener> = {}): InetListener => ({
  transport: 'tcp',
  family: 'ipv4',
  address: '127.0.0.1',
  port: 5173,
  v6only: null,
  interface: null,
  namespace: 'this',
  uid: 1000,
  user: 'ann',
  owners: [
    { pid: 4242, startedAt: ago(7200), name: 'node', role: 'accepts', evidence: ['only holder'] },
  ],
  program: {
    id: 'vite',
    name: 'Vite',
    kind: 'dev-server',
    version: '5.4.2',
    evidence: ['runs node_modules/.bin/vite'],
  },
  project: {
    name: 'shop',
    root: '/home/ann/code/shop',
    branch: 'main',
    worktree: null,
    evidence: ['package.json says so'],
  },
  origin: {
    id: 'npm-script',
    label: 'npm script dev',
    restarts: null,
    evidence: ['npm_lifecycle_event is dev'],
  },
  container: null,
  exposure: {
    level: 'this-machine',
    reasons: ['127.0.0.1 is a loopback address'],
    reachableVia: ['127.0.0.1'],
  },
  queue: { length: 0, limit: 511 },
  sockets: [{ inode: 70123, cookie: 'a1b2' }],
  connectionCount: 3,
  since: ago(7200),
  ...given,
});

/** A listening unix socket of docker. */
export const unixListener = (given: Partial<UnixListener> = {}): UnixListener => {
  const { queue, sockets, exposure } = inetListener();
  return {
    transport: 'unix',
    type: 'stream',
    path: '/run/docker.sock',
    abstract: null,
    namespace: 'this',
    uid: 0,
    user: 'root',
    owners: { unknown: 'denied' },
    program: { unknown: 'denied' },
    project: null,
    origin: { id: 'systemd', label: 'systemd unit docker.service', restarts: true, evidence: [] },
    container: null,
    exposure,
    queue,
    sockets,
    connectionCount: 0,
    since: { unknown: 'denied' },
    ...given,
  };
};

/** A listener of another user that only its socket tells of. */
export const hiddenListener = (given: Partial<InetListener> = {}): InetListener =>
  inetListener({
    port: 5432,
    uid: 105,
    user: 'postgres',
    owners: { unknown: 'denied' },
    program: { unknown: 'denied' },
    project: { unknown: 'denied' },
    origin: {
      id: 'systemd',
      label: 'systemd unit postgresql@15-main.service',
      restarts: true,
      evidence: [],
    },
    since: { unknown: 'denied' },
    connectionCount: 12,
    ...given,
  });

export const end = (given: Partial<End> = {}): End => ({
  address: '127.0.0.1',
  port: 51002,
  local: true,
  pid: 900,
  alsoHeldBy: [],
  program: 'chromium',
  project: null,
  inode: 71000,
  ...given,
});

/** A connection of chromium to the dev server. */
export const connection = (given: Partial<Connection> = {}): Connection => ({
  transport: 'tcp',
  namespace: 'this',
  client: end(),
  server: end({ port: 5173, pid: 4242, program: 'Vite', project: 'shop', inode: 71001 }),
  direction: 'listener',
  state: 'established',
  bytesToServer: 812,
  bytesToClient: 90_211,
  rttMs: 0.04,
  retransmits: 0,
  ...given,
});

export const processFacts = (given: Partial<Process> = {}): Process => ({
  pid: 4242,
  startTicks: 1000,
  bootId: 'b',
  startedAt: ago(7200),
  ppid: 4200,
  processGroup: 4200,
  session: 3999,
  tty: 34816,
  state: 'S',
  kernelThread: false,
  comm: 'node',
  argv: ['node', '/home/ann/code/shop/node_modules/.bin/vite', '--host', 'my host'],
  exe: { path: '/usr/bin/node', deleted: false },
  cwd: '/home/ann/code/shop',
  uid: 1000,
  user: 'ann',
  cgroup: '/user.slice/session-2.scope',
  namespaces: { net: 'net:[1]', pid: 'pid:[2]', mnt: 'mnt:[3]' },
  threads: 11,
  cpuMs: 4200,
  memoryBytes: 123_456_789,
  files: { open: 40, limit: 1024 },
  environment: {},
  ...given,
});

const link = (pid: number, command: string, label: string | null = null): ChainLink => ({
  pid,
  name: command.split(' ')[0] ?? '',
  command,
  user: 'ann',
  startedAt: ago(7200),
  verdict: label === null ? null : { id: 'x', label, evidence: [] },
});

export const owner = (given: Partial<Owner> = {}): Owner => {
  const listener = inetListener();
  return {
    process: processFacts(),
    program: {
      id: 'vite',
      name: 'Vite',
      kind: 'dev-server',
      version: '5.4.2',
      evidence: ['runs node_modules/.bin/vite'],
    },
    project: listener.project,
    origin: {
      id: 'npm-script',
      label: 'npm script dev',
      restarts: null,
      evidence: ['npm_lifecycle_event is dev'],
    },
    chain: [
      link(4242, 'node /home/ann/code/shop/node_modules/.bin/vite --host'),
      link(4200, 'npm run dev', 'npm script dev'),
      link(3999, 'zsh'),
      link(310, 'tmux new -s work', 'tmux session work'),
      link(1, '/sbin/init'),
    ],
    evidence: ['the only process that holds the socket'],
    ...given,
  };
};

/** What explain answers for 127.0.0.1:5173, listened on and in use. */
export const explanation = (given: Partial<Explanation> = {}): Explanation => {
  const listener = inetListener();
  return {
    target: {
      kind: 'endpoint',
      input: '127.0.0.1:5173',
      transport: null,
      host: '127.0.0.1',
      address: '127.0.0.1',
      family: 'ipv4',
      zone: null,
      port: 5173,
      scheme: null,
      notes: [],
    },
    address: {
      scope: 'loopback',
      block: '127.0.0.0/8',
      source: 'RFC 1122 3.2.1.3',
      ours: true,
      notes: [],
    },
    port: {
      class: 'registered',
      inEphemeralRange: false,
      reserved: false,
      privileged: false,
      blockedByBrowsers: false,
      registeredNames: [],
      commonUses: ['Vite'],
      notes: [],
    },
    state: 'listening',
    elsewhere: [],
    listeners: [listener],
    connections: [connection()],
    upstream: [
      connection({
        client: end({ port: 40010, pid: 4242, program: 'Vite', project: 'shop' }),
        server: end({ port: 5432, pid: { unknown: 'denied' }, program: { unknown: 'denied' } }),
      }),
    ],
    owner: owner(),
    protocol: {
      status: 'identified',
      id: 'http1',
      name: 'HTTP/1.1',
      version: null,
      server: 'Vite',
      title: 'Shop',
      tls: null,
      authentication: 'none',
      details: { status: '200' },
      evidence: ['it answered GET /'],
    },
    exposure: listener.exposure,
    findings: [],
    next: [{ label: 'opens it', command: 'xdg-open http://127.0.0.1:5173/' }],
    problems: [],
    ...given,
  };
};
