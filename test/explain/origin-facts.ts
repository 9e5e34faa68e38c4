import type { ChainProcess, OriginFacts } from '../../src/explain/origin.ts';
import { commandOf } from '../../src/explain/parse-command.ts';
import type { Process } from '../../src/model/process.ts';

/** What a test says about one process of a chain; the rest is an ordinary background process. */
export type Link = Partial<Omit<Process, 'argv' | 'environment'>> & {
  /** The command line, split at spaces; an array where an element has a space. */
  readonly run: string | readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** A process with every field filled in, for rules and next steps too. */
export const processOf = ({ run, env = {}, ...rest }: Link): Process => {
  const argv = typeof run === 'string' ? run.split(' ').filter((word) => word !== '') : run;
  const comm = (argv[0] ?? 'kthread').replace(/^.*\//, '').slice(0, 15);
  return {
    pid: 4242,
    startTicks: 100,
    bootId: 'b7f0c1f2-0000-4000-8000-000000000001',
    startedAt: '2026-11-21T10:00:00.000Z',
    ppid: 1,
    processGroup: rest.pid ?? 4242,
    session: rest.pid ?? 4242,
    tty: 0,
    state: 'S',
    kernelThread: false,
    comm,
    argv,
    exe: { path: argv[0]?.startsWith('/') ? argv[0] : `/usr/bin/${argv[0] ?? ''}`, deleted: false },
    cwd: '/home/ann/shop',
    uid: 1000,
    user: 'ann',
    cgroup: '/user.slice/user-1000.slice/session-3.scope',
    namespaces: { net: 'net:[1]', pid: 'pid:[1]', mnt: 'mnt:[1]' },
    threads: 1,
    cpuMs: 10,
    memoryBytes: 1_000_000,
    files: { open: 10, limit: 1024 },
    environment: env,
    ...rest,
  };
};

/** Facts of a chain, the owner first; parents are linked and pids numbered from 100 unless said. */
export const factsOf = (
  links: readonly Link[],
  rest: Partial<Omit<OriginFacts, 'chain'>> = {},
): OriginFacts => {
  const pids = links.map((link, at) => link.pid ?? 100 - at);
  const chain: ChainProcess[] = links.map((link, at) => {
    const ppid = link.ppid ?? pids[at + 1] ?? (pids[at] === 1 ? 0 : 1);
    const process = processOf({ ...link, pid: pids[at] ?? 0, ppid });
    return { process, command: commandOf(process) };
  });
  return { chain, container: null, socketHeldByInit: false, ...rest };
};

/** The init system of a machine, for the end of a chain. */
export const systemd: Link = {
  run: '/sbin/init splash',
  pid: 1,
  comm: 'systemd',
  cgroup: '/init.scope',
  uid: 0,
  session: 1,
};

/** A user's service manager. */
export const userManager: Link = {
  run: '/lib/systemd/systemd --user',
  pid: 900,
  cgroup: '/user.slice/user-1000.slice/user@1000.service/init.scope',
};
