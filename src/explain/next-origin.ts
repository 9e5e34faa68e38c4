import type { Owner } from '../model/explanation.ts';
import type { Action } from '../model/finding.ts';
import { isKnown } from '../model/known.ts';
import type { ContainerReference } from '../model/listener.ts';
import { isOperand, shellCommand } from '../model/shell-quote.ts';
import {
  containerStop,
  environmentVariable,
  mainProcess,
  paneOf,
  pm2Stop,
  type StopCommand,
  stoppableUnit,
  supervisordStop,
  superviseStop,
  systemctlStop,
} from '../model/stop-command.ts';

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
  const pane = paneOf(owner);
  return {
    look: steps.look ?? (pane === null ? null : tmuxLook(owner, pane)),
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
  const unit = stoppableUnit(owner);
  if (unit === null) return nothing;
  const sudo = unit.user ? [] : ['sudo'];
  return {
    look: {
      label: 'see its log',
      command: unit.user
        ? shellCommand('journalctl', '--user', '-u', unit.name, '-n', '50')
        : shellCommand('journalctl', '-u', unit.name, '-n', '50'),
    },
    stop: stopBy({ words: [...sudo, ...systemctlStop(unit, unit.name)] }),
  };
};

const stopBy = ({ words }: Pick<StopCommand, 'words'>): Action => ({
  label: 'to stop it',
  command: shellCommand(...words),
});

/** The service starts again with the next connection: `status` names the socket unit to stop. */
const activationSteps: Steps = (owner, container) => {
  const { stop } = systemdSteps(owner, container);
  const unit = stoppableUnit(owner);
  if (unit === null) {
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
  const stop = containerStop(owner, container);
  if (stop === null) return nothing;
  const log = shellCommand(stop.engine, 'logs', '--tail', '50', stop.name);
  return { look: { label: 'see its log', command: log }, stop: stopBy(stop) };
};

const pm2Steps: Steps = (owner) => {
  const stop = pm2Stop(owner);
  if (stop === null) return nothing;
  const log = shellCommand('pm2', 'logs', stop.name, '--lines', '50');
  return { look: { label: 'see its log', command: log }, stop: stopBy(stop) };
};

const supervisordSteps: Steps = (owner) => {
  const stop = supervisordStop(owner);
  if (stop === null) return nothing;
  const log = shellCommand('supervisorctl', 'tail', stop.name);
  return { look: { label: 'see its log', command: log }, stop: stopBy(stop) };
};

const superviseSteps: Steps = (owner) => {
  const stop = superviseStop(owner);
  return stop === null ? nothing : { look: null, stop: stopBy(stop) };
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
    const session = environmentVariable(owner, 'STY');
    return session === null || !isOperand(session)
      ? nothing
      : {
          look: { label: 'go to its window', command: shellCommand('screen', '-x', session) },
          stop: null,
        };
  },
};

const tmuxLook = (owner: Owner, pane: string): Action => ({
  label: 'go to its pane',
  command: shellCommand(...tmux(owner), 'attach', '-t', pane),
});

/** `TMUX` is `socket,server pid,session`: a server on another socket has to be named. */
const tmux = (owner: Owner): readonly string[] => {
  const socket = environmentVariable(owner, 'TMUX')?.split(',')[0] ?? '';
  return socket === '' || /^\/tmp\/tmux-\d+\/default$/.test(socket)
    ? ['tmux']
    : ['tmux', '-S', socket];
};

/** Ctrl-C in its pane, else SIGTERM to what would start it again, else to itself. */
const bySession = (owner: Owner, holders: readonly number[]): Action | null => {
  const pane = paneOf(owner);
  if (pane !== null) {
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
