import type { Action } from '../model/finding.ts';
import { isKnown, knownOr, type Unknown } from '../model/known.ts';
import type { InetListener, Origin } from '../model/listener.ts';
import type { Owner } from '../model/explanation.ts';
import type { Process } from '../model/process.ts';
import { lastPort } from '../model/port.ts';
import { isOperand, shellCommand } from '../model/shell-quote.ts';
import { byOwner, byRoot } from './as-root.ts';
import { describeListener, explainCommand, listenerEndpoint } from './describe-listener.ts';
import type { EndpointFacts } from './facts.ts';
import { freeHolders } from './free-holder.ts';
import { holderProcesses, independentHolders } from './holder-processes.ts';

/**
 * What to do about listeners that are in the way: free the port by a plan, stop each by hand in the
 * right way for why it runs, as far as that is known, look at it, or leave it and take another port.
 */
export const holderActions = (
  listeners: readonly InetListener[],
  facts: EndpointFacts,
): readonly Action[] => {
  const [first] = listeners;
  const free = freeHolders(listeners, facts);
  const stops = listeners.flatMap((one) => stopHolder(one, facts) ?? []).filter(isFirst);
  return [
    ...(free === null ? [] : [free]),
    ...stops.slice(0, mostStops),
    ...(first === undefined || stops.length > 1 ? [] : [lookAt(first)]),
    otherPort(facts),
  ];
};

const mostStops = 3;

const isFirst = (one: Action, index: number, all: readonly Action[]): boolean =>
  all.findIndex(({ command }) => command === one.command) === index;

/** Leaves the holder alone. Names the nearest higher port on which nothing listens. */
export const otherPort = ({ listeners, target }: EndpointFacts): Action => {
  const taken = new Set(listeners.map((one) => (one.transport === 'unix' ? 0 : one.port)));
  let port = target.port + 1;
  while (taken.has(port)) port += 1;
  const free = port > lastPort ? '' : `: nothing listens on ${port}`;
  return { label: `give the new server another port${free}`, command: null };
};

/**
 * How to stop what holds a listener; null where the right way is not known, or the program would
 * only be started again.
 */
const stopHolder = (listener: InetListener, facts: EndpointFacts): Action | null => {
  const origin = knownOr(listener.origin, null);
  const { container } = listener;
  if (container !== null) {
    const name = knownOr(container.name, container.id.slice(0, 12));
    return stopContainer(/^(docker|podman)\b/.exec(origin?.label ?? '')?.[1] ?? null, name);
  }
  if (origin?.id === 'systemd-unit') return stopUnit(origin);
  return manager(listener, origin, facts) ?? stopProcess(listener, origin, facts);
};

const stopContainer = (engine: string | null, name: string): Action | null =>
  engine === null || !isOperand(name)
    ? null
    : {
        label: `stop the container ${name}, which has it`,
        command: shellCommand(engine, 'stop', name),
        changes: `the container ${name} ends`,
      };

const stopUnit = ({ label }: Origin): Action | null => {
  const [, user, unit] = /^systemd (user )?unit (\S+)$/.exec(label) ?? [];
  if (unit === undefined || !isOperand(unit)) return null;
  const words = ['systemctl', 'stop', unit];
  return {
    label: `stop ${unit}, the service that has it`,
    changes: `${unit} ends, until it is started again or the machine is`,
    ...(user === undefined
      ? byRoot(...words)
      : { command: shellCommand('systemctl', '--user', 'stop', unit) }),
  };
};

/** Process managers would start it again: they are told by its environment. */
const manager = (
  listener: InetListener,
  origin: Origin | null,
  { snapshot }: EndpointFacts,
): Action | null => {
  const [process] = holderProcesses(listener, snapshot);
  const environment: Readonly<Record<string, string>> = knownOr(process?.environment ?? {}, {});
  const [program, variable] = managers[origin?.id ?? ''] ?? [];
  const name = environment[variable ?? ''];
  if (program === undefined || name === undefined || !isOperand(name)) return null;
  return {
    label: `stop it by ${program}, which would start it again otherwise`,
    command: shellCommand(program, 'stop', name),
    changes: `${describeListener(listener)} ends, until ${program} is told to start it`,
  };
};

const managers: Readonly<Record<string, readonly [string, string] | undefined>> = {
  pm2: ['pm2', 'pm_id'],
  supervisord: ['supervisorctl', 'SUPERVISOR_PROCESS_NAME'],
};

/** Nobody stops these by a signal to one process. */
const unstoppable: ReadonlySet<string> = new Set([
  'container',
  'docker-compose',
  'entrypoint',
  'kernel',
  'kubernetes',
  'published-port',
  'socket-activation',
  'supervisord',
  'pm2',
]);

const stopProcess = (
  listener: InetListener,
  origin: Origin | null,
  facts: EndpointFacts,
): Action | null => {
  if (origin !== null && unstoppable.has(origin.id)) return null;
  const several = independentHolders(listener, facts.snapshot);
  const [accepting] = holderProcesses(listener, facts.snapshot);
  const [main] = several;
  if (accepting === undefined || main === undefined) return null;
  const watcher = several.length > 1 ? null : watcherOf(accepting, facts.owner);
  if (watcher !== null) return terminate([watcher], `end its watcher, pid ${watcher.pid}`, facts);
  if (origin?.restarts === true) return null;
  if (several.length > 1) return terminate(several, `end ${describeAll(several)}`, facts);
  const which = main === accepting ? `end ${describeListener(listener)}` : `end pid ${main.pid}`;
  return terminate([main], which, facts);
};

const describeAll = (several: readonly Process[]): string =>
  several.length === 2
    ? 'both, which share the port'
    : `all ${several.length}, which share the port`;

/** The watcher above the process that starts it again, where its ancestors were looked at. */
const watcherOf = (process: Process, owner: Owner | Unknown | null): Process | null => {
  if (owner === null || !isKnown(owner) || owner.process.pid !== process.pid) return null;
  const link = owner.chain.find(({ verdict }) => verdict?.id === 'watcher');
  return link === undefined ? null : { ...process, pid: link.pid };
};

const terminate = (
  processes: readonly Process[],
  what: string,
  facts: EndpointFacts,
): Action | null => {
  if (processes.some(({ pid }) => pid <= 1)) return null;
  const words = ['kill', '-TERM', ...processes.map(({ pid }) => String(pid))];
  const commands = processes.map((one) => byOwner(one, facts, ...words));
  const isOne = processes.length === 1;
  const command = commands.find(({ needsRoot }) => needsRoot === true) ?? commands[0];
  return command === undefined
    ? null
    : {
        label: `${what}, if ${isOne ? 'it is' : 'they are'} not needed any more`,
        changes: isOne
          ? 'it is asked to end; what is not saved in it may be lost'
          : 'they are asked to end; what is not saved in them may be lost',
        ...command,
      };
};

const lookAt = (listener: InetListener): Action =>
  isKnown(listener.owners)
    ? { label: 'see what it is, and why it runs', command: explainCommand(listener) }
    : {
        label: 'see whose it is',
        ...byRoot('homeport', 'explain', listenerEndpoint(listener)),
      };
