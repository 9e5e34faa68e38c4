import type { ChainLink, Owner } from './explanation.ts';
import { knownOr } from './known.ts';
import type { ContainerReference } from './listener.ts';
import { isOperand } from './shell-quote.ts';
import { type SystemdUnit, systemdUnitOf } from './systemd-unit.ts';

/** What a manager calls something that it runs, and the words of the command that has it stop it. */
export type StopCommand = { readonly name: string; readonly words: readonly string[] };

/** The systemd service of a process, where its name can stand on a command line. */
export const stoppableUnit = ({ process }: Pick<Owner, 'process'>): SystemdUnit | null => {
  const unit = systemdUnitOf(knownOr(process.cgroup, ''));
  return unit === null || !isOperand(unit.name) ? null : unit;
};

/** `systemctl stop` of units of the system's manager, or of the user's own (systemctl(1)). */
export const systemctlStop = (
  { user }: Pick<SystemdUnit, 'user'>,
  ...units: readonly string[]
): readonly string[] => [...(user ? ['systemctl', '--user'] : ['systemctl']), 'stop', ...units];

/** A container of Docker or Podman, by its name, else its id; null under another engine. */
export const containerStop = (
  { origin }: Pick<Owner, 'origin'>,
  container: ContainerReference | null,
): (StopCommand & { readonly engine: string }) | null => {
  const engine = /^(docker|podman)\b/.exec(origin.label)?.[1];
  if (container === null || engine === undefined) return null;
  const name = knownOr(container.name, container.id);
  return isOperand(name) ? { engine, name, words: [engine, 'stop', name] } : null;
};

/** A program of pm2, by the id that pm2 gave it. */
export const pm2Stop = (owner: Pick<Owner, 'process'>): StopCommand | null => {
  const id = environmentVariable(owner, 'pm_id');
  return id === null || !isOperand(id) ? null : { name: id, words: ['pm2', 'stop', id] };
};

/** A program of Supervisor, `group:process` where its group is called otherwise. */
export const supervisordStop = (owner: Pick<Owner, 'process'>): StopCommand | null => {
  const process = environmentVariable(owner, 'SUPERVISOR_PROCESS_NAME');
  if (process === null) return null;
  const group = environmentVariable(owner, 'SUPERVISOR_GROUP_NAME') ?? process;
  const name = group === process ? process : `${group}:${process}`;
  return isOperand(name) ? { name, words: ['supervisorctl', 'stop', name] } : null;
};

/** A service of runit, s6 or daemontools: the supervisor's own command names it (`runsv web`). */
export const superviseStop = ({ chain }: Pick<Owner, 'chain'>): StopCommand | null => {
  const link = chain.find(({ verdict }) => verdict?.id === 'supervise');
  const [supervisor = '', service = '', ...more] = link?.command.split(' ') ?? [];
  const verb = supervisors[supervisor.replace(/^.*\//, '')];
  if (verb === undefined || !isOperand(service) || more.length > 0) return null;
  return { name: service, words: [...verb, service] };
};

const supervisors: Readonly<Record<string, readonly string[] | undefined>> = {
  runsv: ['sv', 'stop'],
  's6-supervise': ['s6-svc', '-d'],
  supervise: ['svc', '-d'],
};

/** The tmux pane that a process runs in; null where it runs in none, or has left it. */
export const paneOf = (owner: Pick<Owner, 'process' | 'chain'>): string | null =>
  owner.chain.some(({ verdict }) => verdict?.id === 'tmux')
    ? environmentVariable(owner, 'TMUX_PANE')
    : null;

/**
 * The process that would start another worker in the place of this one: the parent that holds the
 * listening socket too, or else (its descriptors may not be readable) is the same known program.
 * `holders`: the pids that hold it.
 */
export const mainProcess = (
  { chain, program }: Pick<Owner, 'chain' | 'program'>,
  holders: readonly number[],
): ChainLink | null => {
  const [, ...parents] = chain;
  const other = parents.findIndex(({ pid }) => !holders.includes(pid));
  const holding = parents.slice(0, other === -1 ? parents.length : other).at(-1);
  if (holding !== undefined) return holding;
  const [parent] = parents;
  const isSame = program.kind !== 'runtime' && program.id !== null && parent?.name === program.name;
  return isSame && parent !== undefined ? parent : null;
};

/** One of the few variables that were read of a process; null where it has it not. */
export const environmentVariable = (
  { process }: Pick<Owner, 'process'>,
  name: string,
): string | null => {
  const environment: Readonly<Record<string, string>> = knownOr(process.environment, {});
  return environment[name] ?? null;
};
