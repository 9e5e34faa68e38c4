import type { Container } from '../../../src/model/container.ts';
import type { Process } from '../../../src/model/process.ts';
import type { FreeingFacts, HeldBy } from '../../../src/ports/freeing/facts.ts';
import { listenerOf, ownerOf, targetOf } from '../../explain/next-facts.ts';
import { processOf, type Link } from '../../explain/origin-facts.ts';

/** Why a holder runs: a detector's id, and the place in its chain of the process that shows it. */
export type Why = readonly [id: string, at: number, label?: string];

/** A holder of 127.0.0.1:3000 and what stands above it, nearest first; init is added. */
export const holderOf = (
  links: readonly [Link, ...Link[]],
  whys: readonly Why[] = [],
  rest: Partial<HeldBy> = {},
): { readonly holder: HeldBy; readonly processes: readonly Process[] } => {
  const pids = links.map((link, at) => link.pid ?? 100 - at);
  const processes = links.map((link, at) =>
    processOf({ ...link, pid: pids[at] ?? 0, ppid: link.ppid ?? pids[at + 1] ?? 1 }),
  );
  const [first] = processes;
  if (first === undefined) throw new Error('no process');
  const init = processOf({ run: '/sbin/init', pid: 1, ppid: 0, uid: 0, user: 'root' });
  const chain = [...processes, init].map((process, at) => ({
    pid: process.pid,
    name: process.comm,
    command: (process.argv as readonly string[]).join(' '),
    user: process.user,
    startedAt: process.startedAt,
    verdict: verdictAt(at, whys),
  }));
  const [main] = whys;
  const origin = { id: main?.[0] ?? 'unknown', label: main?.[2] ?? main?.[0] ?? 'not known' };
  const owner = ownerOf({ ...origin, restarts: null });
  return {
    holder: {
      ...owner,
      program: { ...owner.program, id: null, name: first.comm },
      process: first,
      chain,
      role: 'accepts',
      causes: whys.map(([id, at, label = id]) => ({ pid: chain[at]?.pid ?? 0, id, label })),
      listeners: [listenerOf()],
      socketUnit: null,
      container: null,
      ...rest,
    },
    processes: [...processes, init],
  };
};

const verdictAt = (at: number, whys: readonly Why[]) => {
  const found = whys.find((why) => why[1] === at);
  return found === undefined ? null : { id: found[0], label: found[2] ?? found[0], evidence: [] };
};

/** What a plan to free 127.0.0.1:3000 is made from. */
export const factsOf = (
  { holder, processes }: ReturnType<typeof holderOf>,
  rest: Partial<FreeingFacts> = {},
): FreeingFacts => ({
  targets: [targetOf()],
  listeners: holder.listeners,
  elsewhere: [],
  datagrams: [],
  holders: [holder],
  published: [],
  connections: [],
  allListeners: holder.listeners,
  processes,
  nameOf: ({ comm }) => comm,
  self: { pid: 9000, ancestors: [8000], uids: [1000] },
  units: {},
  restartPolicies: {},
  graceMs: 5_000,
  force: false,
  withParent: false,
  problems: [],
  ...rest,
});

/** A running container that publishes its port 5432 as 3000. */
export const containerOf = (rest: Partial<Container> = {}): Container => ({
  id: 'c'.repeat(64),
  engine: 'docker',
  name: 'shop-db-1',
  image: 'postgres',
  compose: null,
  published: [{ transport: 'tcp', hostAddress: '127.0.0.1', hostPort: 3000, containerPort: 5432 }],
  addresses: [],
  pid: 77,
  ...rest,
});
