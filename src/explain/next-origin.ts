import type { ChainLink, Owner } from '../model/explanation.ts';
import type { Action } from '../model/finding.ts';
import { isKnown, knownOr } from '../model/known.ts';
import type { ContainerReference } from '../model/listener.ts';
import { isOperand, shellCommand } from '../model/shell-quote.ts';
import { systemdUnitOf } from './systemd-unit.ts';

/** What to do about a process, given why it runs: look at its output, and stop it the right way. */
export type OriginSteps = { readonly look: Action | null; readonly stop: Action | null };

/**
 * How to look at and how to stop what `owner` is a part of. A signal is the way only where nothing
 * starts the process again; it is sent to the watcher, or to the process that starts the workers,
 * where there is one. `holders`: the pids that hold the listening socket.
 */
export const originSteps = (
  owner: Owner,
  container: ContainerReference | null,
  holders: readonly number[] = [],
): OriginSteps => {
  const steps = byOrigin[owner.origin.id]?.(owner, container) ?? nothing;
  return {
    look: steps.look ?? (inPane(owner) ? tmuxLook(owner) : null),
    stop: steps.stop ?? (unstoppable.has(owner.origin.id) ? null : bySession(owner, holders)),
  };
};

type Steps = (owner: Owner, container: ContainerReference | null) => OriginSteps;

const nothing: OriginSteps = { look: null, stop: null };

/** Nobody stops these by a signal to one process. */
const unstoppable: ReadonlySet<string> = new Set([
  'container',
  'docker-compose',
  'entrypoint',
  'kernel',
  'kubernetes',
  'published-port',
]);

const systemdSteps: Steps = (owner) => {
  const unit = systemdUnitOf(knownOr(owner.process.cgroup, ''));
  if (unit === null || !isOperand(unit.name)) return nothing;
  const manager = unit.user ? ['systemctl', '--user'] : ['sudo', 'systemctl'];
  return {
    look: {
      label: 'see its log',
      command: unit.user
        ? shellCommand('journalctl', '--user', '-u', unit.name, '-n', '50')
        : shellCommand('journalctl', '-u', unit.name, '-n', '50'),
    },
    stop: { label: 'to stop it', command: shellCommand(...manager, 'stop', unit.name) },
  };
};

/** The service starts again with the next connection: `status` names the socket unit to stop. */
const activationSteps: Steps = (owner, container) => {
  const { stop } = systemdSteps(owner, container);
  const unit = systemdUnitOf(knownOr(owner.process.cgroup, ''));
  if (unit === null || !isOperand(unit.name)) {
    return {
      look: { label: 'see which socket unit holds it', command: 'systemctl list-sockets' },
      stop: null,
    };
  }
  const words = unit.user ? ['systemctl', '--user'] : ['systemctl'];
  return {
    look: {
      label: 'see the socket unit that starts it (TriggeredBy)',
      command: shellCommand(...words, 'status', unit.name),
    },
    stop: stop && { ...stop, label: 'to stop it, until the next connection' },
  };
};

const containerSteps: Steps = (owner, container) => {
  const engine = /^(docker|podman)\b/.exec(owner.origin.label)?.[1];
  if (container === null || engine === undefined) return nothing;
  const name = knownOr(container.name, container.id);
  if (!isOperand(name)) return nothing;
  return {
    look: { label: 'see its log', command: shellCommand(engine, 'logs', '--tail', '50', name) },
    stop: { label: 'to stop it', command: shellCommand(engine, 'stop', name) },
  };
};

const pm2Steps: Steps = (owner) => {
  const id = variable(owner, 'pm_id');
  if (id === null || !isOperand(id)) return nothing;
  return {
    look: { label: 'see its log', command: shellCommand('pm2', 'logs', id, '--lines', '50') },
    stop: { label: 'to stop it', command: shellCommand('pm2', 'stop', id) },
  };
};

const supervisordSteps: Steps = (owner) => {
  const process = variable(owner, 'SUPERVISOR_PROCESS_NAME');
  if (process === null) return nothing;
  const group = variable(owner, 'SUPERVISOR_GROUP_NAME') ?? process;
  const name = group === process ? process : `${group}:${process}`;
  if (!isOperand(name)) return nothing;
  return {
    look: { label: 'see its log', command: shellCommand('supervisorctl', 'tail', name) },
    stop: { label: 'to stop it', command: shellCommand('supervisorctl', 'stop', name) },
  };
};

/** The supervisor's own command names the service: `runsv web`, `s6-supervise web`. */
const superviseSteps: Steps = (owner) => {
  const link = owner.chain.find(({ verdict }) => verdict?.id === 'supervise');
  const [supervisor = '', service = '', ...more] = link?.command.split(' ') ?? [];
  const verb = supervisors[supervisor.replace(/^.*\//, '')];
  if (verb === undefined || !isOperand(service) || more.length > 0) return nothing;
  return { look: null, stop: { label: 'to stop it', command: shellCommand(...verb, service) } };
};

const supervisors: Readonly<Record<string, readonly string[] | undefined>> = {
  runsv: ['sv', 'stop'],
  's6-supervise': ['s6-svc', '-d'],
  supervise: ['svc', '-d'],
};

const byOrigin: Readonly<Record<string, Steps | undefined>> = {
  'systemd-unit': systemdSteps,
  'socket-activation': activationSteps,
  'docker-compose': containerSteps,
  container: containerSteps,
  pm2: pm2Steps,
  supervisord: supervisordSteps,
  supervise: superviseSteps,
  cron: () => ({ look: { label: 'see the crontab', command: 'crontab -l' }, stop: null }),
  screen: (owner) => {
    const session = variable(owner, 'STY');
    return session === null || !isOperand(session)
      ? nothing
      : {
          look: { label: 'go to its window', command: shellCommand('screen', '-x', session) },
          stop: null,
        };
  },
};

const inPane = (owner: Owner): boolean =>
  variable(owner, 'TMUX_PANE') !== null &&
  owner.chain.some(({ verdict }) => verdict?.id === 'tmux');

const tmuxLook = (owner: Owner): Action => ({
  label: 'go to its pane',
  command: shellCommand(...tmux(owner), 'attach', '-t', variable(owner, 'TMUX_PANE') ?? ''),
});

/** `TMUX` is `socket,server pid,session`: a server on another socket has to be named. */
const tmux = (owner: Owner): readonly string[] => {
  const socket = variable(owner, 'TMUX')?.split(',')[0] ?? '';
  return socket === '' || /^\/tmp\/tmux-\d+\/default$/.test(socket)
    ? ['tmux']
    : ['tmux', '-S', socket];
};

/** Ctrl-C in its pane, else SIGTERM to what would start it again, else to itself. */
const bySession = (owner: Owner, holders: readonly number[]): Action | null => {
  if (inPane(owner)) {
    const pane = variable(owner, 'TMUX_PANE') ?? '';
    return {
      label: 'to stop it: Ctrl-C in its pane',
      command: shellCommand(...tmux(owner), 'send-keys', '-t', pane, 'C-c'),
    };
  }
  const watcher = owner.chain.find(({ verdict }) => verdict?.id === 'watcher');
  if (owner.origin.restarts === true && watcher === undefined) return null;
  if (watcher !== undefined) return signal(watcher, `: its watcher ${watcher.name} first`, owner);
  const main = mainProcess(owner, holders);
  if (main !== null) return signal(main, `: its main process ${main.name}`, owner);
  return signal(owner.process, '', owner);
};

/**
 * The process that would start another worker in the place of this one: the parent that holds the
 * listening socket too, or else (its descriptors may not be readable) is the same known program.
 */
const mainProcess = ({ chain, program }: Owner, holders: readonly number[]): ChainLink | null => {
  const [, ...parents] = chain;
  const other = parents.findIndex(({ pid }) => !holders.includes(pid));
  const holding = parents.slice(0, other === -1 ? parents.length : other).at(-1);
  if (holding !== undefined) return holding;
  const [parent] = parents;
  const isSame = program.kind !== 'runtime' && program.id !== null && parent?.name === program.name;
  return isSame && parent !== undefined ? parent : null;
};

const signal = ({ pid }: { readonly pid: number }, how: string, owner: Owner): Action | null => {
  if (pid <= 1) return null;
  const user = owner.chain.find((link) => link.pid === pid)?.user;
  const { uid } = owner.process;
  const asRoot = user === 'root' || (isKnown(uid) && uid === 0) ? ['sudo'] : [];
  return {
    label: `to stop it${how}`,
    command: shellCommand(...asRoot, 'kill', '-TERM', String(pid)),
  };
};

const variable = ({ process }: Owner, name: string): string | null => {
  const environment: Readonly<Record<string, string>> = knownOr(process.environment, {});
  return environment[name] ?? null;
};
