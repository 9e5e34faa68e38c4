import type { Explanation, Owner } from '../../src/model/explanation.ts';
import type { InetListener } from '../../src/model/listener.ts';
import type { Protocol } from '../../src/model/protocol.ts';
import type { Target } from '../../src/model/target.ts';
import { processOf, type Link } from './origin-facts.ts';

export type Seen = Omit<Explanation, 'next'>;

export const targetOf = (rest: Partial<Extract<Target, { kind: 'endpoint' }>> = {}): Target => ({
  kind: 'endpoint',
  input: '127.0.0.1:3000',
  transport: null,
  host: '127.0.0.1',
  address: '127.0.0.1',
  family: 'ipv4',
  zone: null,
  port: 3000,
  scheme: null,
  notes: [],
  ...rest,
});

export const listenerOf = (rest: Partial<InetListener> = {}): InetListener => ({
  transport: 'tcp',
  family: 'ipv4',
  address: '127.0.0.1',
  port: 3000,
  v6only: null,
  interface: null,
  namespace: 'this',
  uid: 1000,
  user: 'ann',
  owners: [],
  program: { id: 'vite', name: 'Vite', kind: 'dev-server', version: null, evidence: ['x'] },
  project: null,
  origin: { id: 'unknown', label: 'not known', restarts: null, evidence: [] },
  container: null,
  exposure: { level: 'this-machine', reasons: [], reachableVia: [] },
  queue: { length: 0, limit: 511 },
  sockets: [],
  connectionCount: 0,
  since: '2026-11-21T10:00:00.000Z',
  ...rest,
});

/** An owner with an origin, the verdicts of its chain, and what its process is like. */
export const ownerOf = (
  origin: Partial<Owner['origin']> = {},
  link: Partial<Link> = {},
  verdicts: readonly (readonly [id: string, command: string, pid: number])[] = [],
): Owner => {
  const process = processOf({ run: 'node server.js', ...link });
  return {
    process,
    program: { id: 'node', name: 'node', kind: 'runtime', version: null, evidence: ['x'] },
    project: null,
    origin: { id: 'shell', label: 'shell bash', restarts: false, evidence: [], ...origin },
    chain: [
      {
        pid: process.pid,
        name: 'node',
        command: 'node server.js',
        user: 'ann',
        startedAt: process.startedAt,
        verdict: null,
      },
      ...verdicts.map(([id, command, pid]) => ({
        pid,
        name: command.split(' ')[0] ?? '',
        command,
        user: 'ann',
        startedAt: process.startedAt,
        verdict: { id, label: id, evidence: [] },
      })),
    ],
    evidence: [],
  };
};

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
  evidence: [],
  ...rest,
});

/** A server on 127.0.0.1:3000 that a person started in a shell. */
export const seenOf = (rest: Partial<Seen> = {}): Seen => ({
  target: targetOf(),
  address: null,
  port: null,
  state: 'listening',
  listeners: [listenerOf()],
  elsewhere: [],
  connections: [],
  upstream: [],
  owner: ownerOf(),
  protocol: protocolOf('http1'),
  exposure: null,
  findings: [],
  problems: [],
  ...rest,
});
