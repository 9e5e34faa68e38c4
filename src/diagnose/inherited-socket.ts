import { knownOr } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { holderProcesses, processOf, processText } from './holder-processes.ts';

/** Programs that have no way to open a listening socket: what they hold was opened by another. */
const neverListen: ReadonlySet<string> = new Set([
  'bash',
  'cat',
  'dash',
  'fish',
  'less',
  'make',
  'sh',
  'sleep',
  'tail',
  'tee',
  'timeout',
]);

/** Who takes in processes whose parent has ended: init, and what calls itself a subreaper. */
const adopters: ReadonlySet<string> = new Set(['catatonit', 'docker-init', 'systemd', 'tini']);

/**
 * The lines that show that a listener's holders did not open it, and that the program which did no
 * longer holds it; null where nothing shows it. A server whose parent has ended is no such case.
 */
export const inheritedSocket = (
  listener: InetListener,
  snapshot: Snapshot,
): readonly string[] | null => {
  const holders = holderProcesses(listener, snapshot);
  if (holders.length === 0) return null;
  return (
    byPrograms(holders) ?? byReloader(holders, snapshot) ?? byKinship(listener, holders, snapshot)
  );
};

const byPrograms = (holders: readonly Process[]): readonly string[] | null =>
  holders.every(({ comm }) => neverListen.has(comm))
    ? holders.map(
        (one) => `${processText(one)} has the socket, and ${one.comm} never opens one that listens`,
      )
    : null;

/** A reloader or a pool starts such a child; it never runs by itself. */
const byReloader = (holders: readonly Process[], snapshot: Snapshot): readonly string[] | null => {
  if (!holders.every((one) => isOrphan(one, snapshot))) return null;
  const marks = holders.map(childMark);
  return marks.every((mark) => mark !== null) ? marks : null;
};

const reloaderVariables = ['WERKZEUG_RUN_MAIN', 'RUN_MAIN'] as const;

const childMark = (process: Process): string | null => {
  const environment: Readonly<Record<string, string>> = knownOr(process.environment, {});
  const variable = reloaderVariables.find((name) => environment[name] === 'true');
  const said = `${processText(process)} lives on under pid ${process.ppid}, its parent has ended`;
  if (variable !== undefined) return `${said}: ${variable}=true marks a reloader's child`;
  const argv: readonly string[] = knownOr(process.argv, []);
  const argument = argv.find((word) =>
    /^--multiprocessing-fork$|\bfrom multiprocessing\.(?:spawn|forkserver) import\b/.test(word),
  );
  return argument === undefined ? null : `${said}: its arguments mark a multiprocessing child`;
};

/** Of several that share one socket the opener is an ancestor of the others; orphans have none left. */
const byKinship = (
  listener: InetListener,
  holders: readonly Process[],
  snapshot: Snapshot,
): readonly string[] | null => {
  const isShared = listener.sockets.length === 1 && holders.length > 1;
  const pids = new Set(holders.map(({ pid }) => pid));
  const lostParent = (one: Process): boolean => !pids.has(one.ppid) && isOrphan(one, snapshot);
  return isShared && holders.every(lostParent)
    ? [
        `${holders.map(processText).join(' and ')} share one socket`,
        'none of them is the parent of another, and the parent that they had in common has ended',
      ]
    : null;
};

const isOrphan = ({ ppid }: Process, snapshot: Snapshot): boolean => {
  if (ppid === 1) return true;
  const parent = processOf(ppid, snapshot);
  return parent !== null && adopters.has(parent.comm);
};
