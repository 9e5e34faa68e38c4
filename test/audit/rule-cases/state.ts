import type { Process } from '../../../src/model/process.ts';
import { factsOf, listenerOf, loopbackListener, processOf, programOf } from '../rule-facts.ts';
import { type Case, denied, unixListener, unknownReach } from './case.ts';

const as = (rest: Partial<Process>) => factsOf({ process: processOf(rest) });
const root = processOf({ uid: 0 });

/** Rules about what does not work or is unusual. */
export const stateCases: readonly Case[] = [
  [
    'deleted-executable',
    'replaced',
    'notice',
    as({ exe: { path: '/usr/bin/node', deleted: true } }),
  ],
  ['deleted-executable', 'in place', 'pass', factsOf()],
  [
    'deleted-executable',
    'in memory',
    'not-applicable',
    as({ exe: { path: '/memfd:x', deleted: true } }),
  ],
  ['deleted-executable', 'unread', 'unknown', as({ exe: denied })],
  ['deleted-executable', 'no owner', 'unknown', factsOf({ process: null })],
  ['deleted-executable', 'kernel thread', 'not-applicable', as({ kernelThread: true })],
  ['temporary-executable', '/tmp', 'notice', as({ exe: { path: '/tmp/x', deleted: false } })],
  [
    'temporary-executable',
    '/var/tmp',
    'notice',
    as({ exe: { path: '/var/tmp/x', deleted: false } }),
  ],
  [
    'temporary-executable',
    '/dev/shm',
    'warning',
    as({ exe: { path: '/dev/shm/x', deleted: false } }),
  ],
  ['temporary-executable', 'memfd', 'warning', as({ exe: { path: '/memfd:x', deleted: true } })],
  [
    'temporary-executable',
    'go run',
    'info',
    as({ exe: { path: '/tmp/go-build12/b001/exe/main', deleted: false } }),
  ],
  [
    'temporary-executable',
    'installed',
    'pass',
    as({ exe: { path: '/opt/tmp/x', deleted: false } }),
  ],
  ['temporary-executable', 'unread', 'unknown', as({ exe: denied })],
  ['temporary-executable', 'no owner', 'unknown', factsOf({ process: null })],
  ['temporary-executable', 'kernel thread', 'not-applicable', as({ kernelThread: true })],
  ['accept-queue-nearly-full', 'empty', 'pass', factsOf()],
  [
    'accept-queue-nearly-full',
    'empty with backlog 0',
    'pass',
    factsOf({ listener: listenerOf({ queue: { length: 0, limit: 0 } }) }),
  ],
  [
    'accept-queue-nearly-full',
    'below 70 %',
    'pass',
    factsOf({ listener: listenerOf({ queue: { length: 69, limit: 100 } }) }),
  ],
  [
    'accept-queue-nearly-full',
    'from 70 %',
    'warning',
    factsOf({ listener: listenerOf({ queue: { length: 70, limit: 100 } }) }),
  ],
  [
    'accept-queue-nearly-full',
    'full',
    'critical',
    factsOf({ listener: listenerOf({ queue: { length: 6, limit: 5 } }) }),
  ],
  [
    'accept-queue-nearly-full',
    'limit unread',
    'unknown',
    factsOf({ listener: listenerOf({ queue: { length: 6, limit: { unknown: 'unsupported' } } }) }),
  ],
  [
    'accept-queue-nearly-full',
    'UDP',
    'not-applicable',
    factsOf({ listener: listenerOf({ queue: null }) }),
  ],
  ['root-and-reachable', 'root', 'notice', factsOf({ process: root })],
  [
    'root-and-reachable',
    'sshd',
    'info',
    factsOf({ listener: listenerOf({ program: programOf('system', 'sshd') }), process: root }),
  ],
  [
    'root-and-reachable',
    'on loopback',
    'pass',
    factsOf({ listener: loopbackListener(), process: root }),
  ],
  ['root-and-reachable', 'a user', 'pass', factsOf()],
  ['root-and-reachable', 'uid unread', 'unknown', as({ uid: denied })],
  [
    'root-and-reachable',
    'reach unknown',
    'unknown',
    factsOf({ listener: unknownReach, process: root }),
  ],
  [
    'root-and-reachable',
    'docker-proxy',
    'not-applicable',
    factsOf({
      listener: listenerOf({ program: programOf('container', 'docker-proxy') }),
      process: root,
    }),
  ],
  ['root-and-reachable', 'init', 'not-applicable', as({ uid: 0, pid: 1 })],
  [
    'root-and-reachable',
    'unix socket',
    'not-applicable',
    factsOf({ listener: unixListener, process: root }),
  ],
  ['stopped-listener', 'stopped', 'warning', as({ state: 'T' })],
  ['stopped-listener', 'traced', 'warning', as({ state: 't' })],
  ['stopped-listener', 'running', 'pass', factsOf()],
  ['stopped-listener', 'no owner', 'unknown', factsOf({ process: null })],
  ['zombie-owner', 'zombie', 'warning', as({ state: 'Z' })],
  ['zombie-owner', 'running', 'pass', factsOf()],
  ['zombie-owner', 'no owner', 'unknown', factsOf({ process: null })],
];
