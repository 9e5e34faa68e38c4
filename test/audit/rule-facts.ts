import type { RuleFacts } from '../../src/audit/rule.ts';
import type { InetListener, Program, ProgramKind } from '../../src/model/listener.ts';
import type { Process } from '../../src/model/process.ts';
import type { Protocol } from '../../src/model/protocol.ts';

export const programOf = (kind: ProgramKind, name = 'vite'): Program => ({
  id: name,
  name,
  kind,
  version: null,
  evidence: [`command ${name}`],
});

/** A TCP listener on 0.0.0.0:5173 that the local network reaches. */
export const listenerOf = (rest: Partial<InetListener> = {}): InetListener => ({
  transport: 'tcp',
  family: 'ipv4',
  address: '0.0.0.0',
  port: 5173,
  v6only: null,
  interface: null,
  namespace: 'this',
  uid: 1000,
  user: 'ann',
  owners: [],
  program: programOf('dev-server'),
  project: null,
  origin: { id: 'unknown', label: 'not known', restarts: null, evidence: [] },
  container: null,
  exposure: {
    level: 'local-network',
    reasons: ['eth0 has 10.0.0.5'],
    reachableVia: ['127.0.0.1:5173', '10.0.0.5:5173'],
  },
  queue: { length: 0, limit: 511 },
  sockets: [],
  connectionCount: 0,
  since: '2026-11-21T10:00:00.000Z',
  ...rest,
});

/** The same, reached by this machine alone. */
export const loopbackListener = (rest: Partial<InetListener> = {}): InetListener =>
  listenerOf({
    address: '127.0.0.1',
    exposure: { level: 'this-machine', reasons: ['loopback'], reachableVia: ['127.0.0.1:5173'] },
    ...rest,
  });

export const processOf = (rest: Partial<Process> = {}): Process => ({
  pid: 4242,
  startTicks: 1,
  bootId: 'b',
  startedAt: '2026-11-21T10:00:00.000Z',
  ppid: 4000,
  processGroup: 4242,
  session: 4242,
  tty: 0,
  state: 'S',
  kernelThread: false,
  comm: 'node',
  argv: ['node', 'server.js'],
  exe: { path: '/usr/bin/node', deleted: false },
  cwd: '/home/ann/shop',
  uid: 1000,
  user: 'ann',
  cgroup: '/',
  namespaces: { net: 'net:[1]', pid: 'pid:[1]', mnt: 'mnt:[1]' },
  threads: 7,
  cpuMs: 1,
  memoryBytes: 1,
  files: { open: 1, limit: 1024 },
  environment: {},
  ...rest,
});

export const notProbed: Protocol = { status: 'not-probed', why: 'nobody asked' };

export const protocolOf = (
  id: string,
  rest: Partial<Extract<Protocol, { status: 'identified' }>> = {},
): Protocol => ({
  status: 'identified',
  id,
  name: id,
  version: null,
  server: null,
  title: null,
  tls: null,
  authentication: null,
  details: {},
  evidence: [`answers as ${id}`],
  ...rest,
});

export const factsOf = (rest: Partial<RuleFacts> = {}): RuleFacts => ({
  listener: listenerOf(),
  process: processOf(),
  protocol: notProbed,
  clients: [],
  ...rest,
});
