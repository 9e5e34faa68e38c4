import type { EndpointFacts, MachineFacts } from '../../src/diagnose/facts.ts';
import { pairConnections } from '../../src/explain/connections.ts';
import { explainTarget } from '../../src/explain/explain-target.ts';
import { judgeProcesses } from '../../src/explain/judgement.ts';
import { judgeListeners } from '../../src/explain/listeners.ts';
import { portAnatomy } from '../../src/explain/port-anatomy.ts';
import { indexSnapshot } from '../../src/explain/snapshot-index.ts';
import type { Machine, NetworkInterface } from '../../src/model/machine.ts';
import type { Asker, FileWatches, NetworkFacts, Route } from '../../src/model/network.ts';
import { parseTarget } from '../../src/model/parse-target.ts';
import type { Process } from '../../src/model/process.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Socket } from '../../src/model/socket.ts';

const machine: Machine = {
  platform: 'linux',
  kernel: '6.1.0',
  hostname: 'box',
  bootId: 'b',
  bootedAt: '2026-11-21T08:00:00.000Z',
  ephemeralRange: { first: 32_768, last: 60_999 },
  reservedPorts: [],
  unprivilegedPortStart: 1024,
  uid: 1000,
  namespace: 'net:[1]',
};

/** lo with both loopback addresses, and eth0 with 192.168.1.20. */
export const soundInterfaces: readonly NetworkInterface[] = [
  {
    index: 1,
    name: 'lo',
    namespace: 'this',
    up: true,
    loopback: true,
    addresses: [
      { family: 'ipv4', address: '127.0.0.1', prefixLength: 8 },
      { family: 'ipv6', address: '::1', prefixLength: 128 },
    ],
  },
  {
    index: 2,
    name: 'eth0',
    namespace: 'this',
    up: true,
    loopback: false,
    addresses: [{ family: 'ipv4', address: '192.168.1.20', prefixLength: 24 }],
  },
];

const loopbackRoute = (source: string): Route => ({
  kind: 'local',
  interface: 'lo',
  gateway: null,
  source,
});

/** A network in which nothing is wrong. */
export const soundNetwork: NetworkFacts = {
  hostsFile: {
    path: '/etc/hosts',
    entries: [
      { line: 1, address: '127.0.0.1', names: ['localhost'] },
      { line: 2, address: '::1', names: ['localhost', 'ip6-localhost'] },
    ],
  },
  resolver: { nameservers: ['192.168.1.1'], search: [], sources: ['files', 'dns'] },
  routes: { '127.0.0.1': loopbackRoute('127.0.0.1'), '::1': loopbackRoute('::1') },
  firewall: { chains: [], notes: [] },
  conntrack: null,
  ipv6Disabled: { all: false, lo: false },
  bindV6Only: false,
  nonlocalBind: false,
  abortOnOverflow: false,
  longestAcceptQueue: 4096,
  timeWaitLimit: 65_536,
  openFiles: { used: 2000, limit: 9_000_000 },
};

/** A user with nothing special. */
export const soundAsker: Asker = {
  uid: 1000,
  workingDirectory: '/srv/shop',
  proxies: {},
  extraCaCerts: null,
  openFileLimit: 1024,
};

/** A user who watches a few files. */
export const soundWatches: FileWatches = {
  instanceLimit: 128,
  watchLimit: 65_536,
  users: [{ uid: 1000, instances: 3, watches: 40 }],
  hiddenProcesses: 0,
};

/** What a test tells of a machine; all else is sound. */
export type Told = {
  readonly sockets?: readonly Socket[];
  /** Inode → pids. */
  readonly holders?: Readonly<Record<number, readonly number[]>>;
  readonly processes?: readonly Process[];
  readonly snapshot?: Partial<Snapshot>;
  readonly machine?: Partial<Machine>;
  readonly network?: Partial<NetworkFacts>;
  readonly asker?: Partial<Asker>;
  /** Whatever a probe would have brought. */
  readonly facts?: Partial<EndpointFacts>;
};

const snapshotOf = ({ sockets = [], holders = {}, processes = [], ...told }: Told): Snapshot => ({
  version: 1,
  takenAt: '2026-11-21T12:00:00.000Z',
  machine: { ...machine, ...told.machine },
  interfaces: soundInterfaces,
  backend: 'netlink',
  sockets,
  rawSockets: [],
  holders: Object.fromEntries(
    Object.entries(holders).map(([inode, pids]) => [
      inode,
      pids.map((pid) => ({ pid, fds: [3], accepting: null })),
    ]),
  ),
  unreadableProcesses: 0,
  processes,
  users: {},
  cgroups: {},
  containers: [],
  projects: Object.fromEntries(
    processes.map(({ cwd }) => [typeof cwd === 'string' ? cwd : '/', null]),
  ),
  problems: [],
  ...told.snapshot,
});

/** Facts of a machine on which nothing is wrong but what is told. */
export const machineFacts = (told: Told = {}): MachineFacts => {
  const snapshot = snapshotOf(told);
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  return {
    snapshot,
    listeners: judgeListeners(judgement),
    connections: pairConnections(judgement),
    network: { ...soundNetwork, ...told.network },
    asker: { ...soundAsker, ...told.asker },
    localhost: [
      { family: 'ipv6', address: '::1' },
      { family: 'ipv4', address: '127.0.0.1' },
    ],
    trips: [
      { family: 'ipv4', outcome: 'made', code: null, durationMs: 1 },
      { family: 'ipv6', outcome: 'made', code: null, durationMs: 1 },
    ],
    fileWatches: soundWatches,
    ...told.facts,
  };
};

/**
 * Facts of an endpoint on such a machine, as seen by a client that was refused; no attempt was made
 * unless `facts` says so.
 */
export const endpointFacts = (text: string, told: Told = {}): EndpointFacts => {
  const target = parseTarget(text);
  if (target.kind !== 'endpoint') throw new Error(`${text} is no endpoint`);
  const whole = machineFacts(told);
  const addresses = told.facts?.addresses ?? addressesOf(target.host, target.address);
  const judgement = judgeProcesses(indexSnapshot(whole.snapshot));
  const seen = explainTarget(target, addresses, judgement);
  return {
    ...whole,
    symptom: { class: 'connection-refused', role: 'client', from: 'attempt' },
    message: null,
    target,
    resolution: null,
    addresses,
    expected: target.scheme,
    answering: seen.listeners,
    elsewhere: seen.elsewhere,
    ends: seen.connections,
    owner: seen.owner,
    address: seen.address,
    port: portAnatomy(target.port, target.transport, whole.snapshot.machine),
    attempts: [],
    protocol: { value: { status: 'not-probed', why: 'not asked to' }, durationMs: 0 },
    application: null,
    bindTrial: null,
    processorShares: {},
    askersProject: null,
    ...told.facts,
  };
};

const addressesOf = (host: string | null, address: string | null): readonly string[] =>
  address === null
    ? host === null || host === 'localhost'
      ? ['::1', '127.0.0.1']
      : []
    : [address];
