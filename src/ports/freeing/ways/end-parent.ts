import { isKnown } from '../../../model/known.ts';
import { endpointsOf, listenerText } from '../endpoints.ts';
import type { Cause, FreeingFacts, HeldBy } from '../facts.ts';
import { descendantsOf, processOf } from '../process-tree.ts';
import { signalTree } from '../signal-tree.ts';
import { causeOf, type StopWay } from '../stop-way.ts';

/**
 * The watcher or the package script above a server: ended first, so that it does not start it again,
 * and nothing is left of the command that a person typed. A package script that runs other servers
 * too stays.
 */
export const endParent: StopWay = {
  id: 'end-parent',
  plan: (holder, facts) => {
    const starter = starterOf(holder, facts);
    if (starter === null) return null;
    const way = signalTree(starter.pid, facts, {
      verb: 'end-parent',
      signal: 'SIGTERM',
      why: starter.why,
      target: starter.label,
    });
    if (way === null || !way.ends.includes(holder.process.pid)) return null;
    const watcher = causeOf(holder, 'watcher');
    return {
      ...way,
      restartedBy: watcher && {
        id: 'watcher',
        label: watcher.label,
        evidence: [`process ${watcher.pid} shows it`],
        stopped: way.ends.includes(watcher.pid),
      },
    };
  },
};

type Starter = { readonly pid: number; readonly label: string; readonly why: string };

const starterOf = (holder: HeldBy, facts: FreeingFacts): Starter | null => {
  const above = aboveOf(holder, facts);
  const script = causeOf(holder, 'package-script');
  const watcher = causeOf(holder, 'watcher');
  if (script !== null && above.includes(script.pid) && isAlone(script.pid, holder, facts)) {
    return { pid: script.pid, label: script.label, why: scriptWhy(script, watcher) };
  }
  if (watcher !== null && above.includes(watcher.pid)) {
    return { pid: watcher.pid, label: watcher.label, why: 'it would start the server again' };
  }
  const parent = facts.withParent ? above[0] : undefined;
  return parent === undefined
    ? null
    : { pid: parent, label: holder.chain[1]?.name ?? 'its parent', why: 'asked for: its parent' };
};

const scriptWhy = (script: Cause, watcher: Cause | null): string =>
  watcher === null
    ? `${script.label} runs the server: the whole command ends`
    : `${script.label} runs ${watcher.label}, which would start the server again`;

/** Where a person, an agent or a manager begins, the server's own command ends. */
const borders: ReadonlySet<string> = new Set([
  'ai-agent',
  'at-job',
  'container',
  'cron',
  'desktop-app',
  'desktop-session',
  'docker-compose',
  'editor',
  'entered',
  'entrypoint',
  'homeport',
  'inetd',
  'init-script',
  'kernel',
  'kubernetes',
  'login',
  'process-runner',
  'screen',
  'ssh',
  'systemd-unit',
  'terminal',
  'tmux',
  'zellij',
]);

const own: ReadonlySet<string> = new Set(['package-script', 'watcher']);

/** The pids above the server, nearest first, up to where its own command, or ours, began. */
const aboveOf = ({ process, chain, causes }: HeldBy, facts: FreeingFacts): readonly number[] => {
  const parents = chain.slice(1);
  const ours = isKnown(facts.self) ? [facts.self.pid, ...facts.self.ancestors] : [];
  const isBorder = (pid: number): boolean => {
    const here = causes.filter((cause) => cause.pid === pid);
    if (pid <= 1 || ours.includes(pid)) return true;
    if (here.some(({ id }) => own.has(id))) return false;
    return here.some(({ id }) => borders.has(id)) || leadsTerminal(pid, facts);
  };
  const end = parents.findIndex(({ pid }) => isBorder(pid) || !sharesUser(pid, process.pid, facts));
  return parents.slice(0, end === -1 ? parents.length : end).map(({ pid }) => pid);
};

/** A person's shell: it leads the session of a terminal (credentials(7)). */
const leadsTerminal = (pid: number, { processes }: FreeingFacts): boolean => {
  const process = processOf(pid, processes);
  return process === null || (process.session === pid && process.tty !== 0);
};

const sharesUser = (pid: number, other: number, { processes }: FreeingFacts): boolean => {
  const uid = (of: number) => processes.find((one) => one.pid === of)?.uid;
  return uid(pid) === uid(other);
};

/** Whether nothing below it serves anything but what the server itself does. */
const isAlone = (pid: number, holder: HeldBy, facts: FreeingFacts): boolean => {
  const serverTree = new Set([
    ...facts.holders.map(({ process }) => process.pid),
    ...descendantsOf(holder.process.pid, facts.processes).map((one) => one.pid),
  ]);
  const freed = new Set(facts.listeners.map(listenerText));
  return descendantsOf(pid, facts.processes).every(
    (one) =>
      serverTree.has(one.pid) ||
      endpointsOf(one.pid, facts.allListeners).every((endpoint) => freed.has(endpoint)),
  );
};
