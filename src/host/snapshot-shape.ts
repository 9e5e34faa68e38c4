import { known } from './known-shape.ts';
import { networkShape } from './network-shape.ts';
import {
  count,
  date,
  flag,
  isRecord,
  listOf,
  object,
  oneOf,
  optional,
  orNull,
  recordOf,
  type Shape,
  text,
} from './shape.ts';

const range = object({ first: count, last: count });

const machine = object({
  platform: text,
  kernel: known(text),
  hostname: text,
  bootId: text,
  bootedAt: known(date),
  ephemeralRange: known(range),
  reservedPorts: known(listOf(range)),
  unprivilegedPortStart: known(count),
  uid: count,
  namespace: known(text),
});

const networkInterface = object({
  index: count,
  name: text,
  namespace: text,
  up: known(flag),
  loopback: flag,
  addresses: listOf(object({ family: oneOf('ipv4', 'ipv6'), address: text, prefixLength: count })),
});

const end = object({ address: text, port: count });

const queue = orNull(object({ length: count, limit: known(count) }));

const inetSocket = object({
  family: oneOf('ipv4', 'ipv6'),
  namespace: text,
  state: text,
  local: end,
  remote: end,
  interfaceIndex: count,
  uid: known(count),
  inode: count,
  cookie: known(text),
  cgroupId: known(text),
  v6only: orNull(known(flag)),
  acceptQueue: queue,
  receiveQueue: count,
  sendQueue: count,
  timer: orNull(known(object({ kind: text, expiresInMs: count, retransmits: count }))),
  tcpInfo: orNull(
    known(
      object({
        bytesSent: count,
        bytesReceived: count,
        rttMs: count,
        retransmits: count,
      }),
    ),
  ),
});

const unixName: Shape = (value) => {
  const kind = isRecord(value) ? value['kind'] : undefined;
  if (kind === 'path') return object({ path: text })(value);
  if (kind === 'abstract') return object({ name: text })(value);
  return object({ kind: oneOf('unnamed') })(value);
};

const unixSocket = object({
  namespace: text,
  type: oneOf('stream', 'dgram', 'seqpacket'),
  state: text,
  name: unixName,
  inode: count,
  peerInode: orNull(known(count)),
  uid: known(count),
  cookie: known(text),
  acceptQueue: queue,
  receiveQueue: count,
  sendQueue: count,
});

const socket: Shape = (value) => {
  const transport = object({ transport: oneOf('tcp', 'udp', 'unix') })(value);
  if (transport !== null) return transport;
  return isRecord(value) && value['transport'] === 'unix' ? unixSocket(value) : inetSocket(value);
};

const accepting: Shape = (value) =>
  isRecord(value) && value['kind'] === 'epoll'
    ? object({ epollFd: count, fd: count })(value)
    : object({ kind: oneOf('accept'), fd: count })(value);

const holder = object({ pid: count, fds: listOf(count), accepting: orNull(accepting) });

const process = object({
  pid: count,
  startTicks: count,
  bootId: text,
  startedAt: date,
  ppid: count,
  processGroup: count,
  session: count,
  tty: count,
  state: text,
  kernelThread: flag,
  comm: text,
  argv: known(listOf(text)),
  exe: known(object({ path: text, deleted: flag })),
  cwd: known(text),
  uid: known(count),
  user: orNull(text),
  cgroup: known(text),
  namespaces: object({ net: known(text), pid: known(text), mnt: known(text) }),
  threads: count,
  cpuMs: count,
  memoryBytes: count,
  files: object({
    open: known(count),
    limit: known(count),
    hardLimit: optional(known(count)),
  }),
  environment: known(recordOf(text)),
});

const compose = object({ project: text, service: text, workingDirectory: orNull(text) });

const publishedPort = object({
  transport: text,
  hostAddress: text,
  hostPort: count,
  containerPort: count,
});

const container = object({
  id: text,
  engine: text,
  name: known(text),
  image: known(text),
  compose: known(orNull(compose)),
  published: known(listOf(publishedPort)),
  addresses: known(listOf(text)),
  pid: known(count),
});

const project = object({
  root: text,
  markers: listOf(text),
  manifest: orNull(
    object({
      file: text,
      name: orNull(text),
      scripts: listOf(text),
      dependencies: listOf(text),
      ports: optional(listOf(count)),
    }),
  ),
  git: orNull(object({ root: text, branch: orNull(text), worktree: orNull(text), mainRoot: text })),
});

/** What a snapshot of version 1 has to be: every field that a judgement looks at. */
export const snapshotShape: Shape = object({
  takenAt: date,
  machine,
  interfaces: listOf(networkInterface),
  network: optional(networkShape),
  backend: oneOf('netlink', 'procfs'),
  sockets: listOf(socket),
  rawSockets: listOf(object({ namespace: text, raw: known(count), packet: known(count) })),
  holders: recordOf(listOf(holder)),
  unreadableProcesses: count,
  processes: listOf(process),
  users: recordOf(text),
  cgroups: recordOf(text),
  containers: listOf(container),
  projects: recordOf(orNull(known(project))),
  problems: listOf(object({ id: text, reason: text, detail: text })),
});
