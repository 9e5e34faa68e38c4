import type { DialAttempt } from '../../../src/model/diagnosis.ts';
import type { InetSocket, SocketTimer } from '../../../src/model/socket.ts';
import type { Container } from '../../../src/model/container.ts';
import type { ProjectFacts } from '../../../src/model/project-facts.ts';
import type { NetworkInterface } from '../../../src/model/machine.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import type { Process } from '../../../src/model/process.ts';

/** A TCP listener, or what `facts` make of it. */
export const listening = (
  inode: number,
  address: string,
  port: number,
  facts: Partial<InetSocket> = {},
): InetSocket =>
  socket(inode, {
    family: address.includes(':') ? 'ipv6' : 'ipv4',
    local: { address, port },
    v6only: address.includes(':') ? false : null,
    ...facts,
  });

/** One of the kernel's own sockets of a connection: closed, or not yet accepted. */
export const connection = (
  state: InetSocket['state'],
  local: InetSocket['local'],
  remote: InetSocket['remote'],
  facts: Partial<InetSocket> = {},
): InetSocket => socket(0, { state, local, remote, ...facts });

/** A running kernel timer of TIME_WAIT. */
export const timeWait = (expiresInMs: number): SocketTimer => ({
  kind: 'time-wait',
  expiresInMs,
  retransmits: 0,
});

/** A process that runs a command in a folder. */
export const running = (
  pid: number,
  argv: readonly string[],
  cwd = '/srv/shop',
  facts: Partial<Process> = {},
): Process => oneProcess(pid, 1, { comm: argv[0] ?? 'p', argv, cwd, ...facts });

/** Vite's dev server, as npm starts it. */
export const viteIn = (cwd: string): readonly string[] => ['node', `${cwd}/node_modules/.bin/vite`];

/** What the files of a project in a folder say. */
export const projectIn = (
  root: string,
  name: string,
  dependencies: readonly string[] = ['vite'],
): ProjectFacts => ({
  root,
  markers: ['package.json'],
  manifest: { file: 'package.json', name, scripts: ['dev', 'build'], dependencies },
  git: null,
});

/** A server of one process on one address. */
export const server = (address: string, port: number, facts: Partial<Process> = {}): Told => ({
  sockets: [listening(10, address, port)],
  holders: { 10: [101] },
  processes: [running(101, ['/srv/shop/server'], '/srv/shop', { comm: 'server', ...facts })],
});

const containerId = `${'c0ffee'.repeat(10)}0000`;

/** A container of Docker. */
export const container = (facts: Partial<Container> = {}): Container => ({
  id: containerId,
  engine: 'docker',
  name: 'shop-db-1',
  image: 'postgres:16',
  compose: null,
  published: [],
  addresses: ['172.18.0.2'],
  pid: 300,
  ...facts,
});

/** The cgroup of a container's processes. */
export const containerCgroup = `/system.slice/docker-${containerId}.scope`;

/** An interface of this namespace with one IPv4 address. */
export const networkInterface = (
  name: string,
  address: string,
  facts: Partial<NetworkInterface> = {},
): NetworkInterface => ({
  index: 7,
  name,
  namespace: 'this',
  up: true,
  loopback: false,
  addresses: [{ family: 'ipv4', address, prefixLength: 24 }],
  ...facts,
});

/** A try to connect that ended so. */
export const attempt = (
  address: string,
  port: number,
  outcome: DialAttempt['outcome'],
): DialAttempt => ({ address, port, outcome, code: null, durationMs: 1 });
