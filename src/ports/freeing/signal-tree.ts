import type { FreeStep, StepVerb } from '../../model/freeing.ts';
import { isKnown, knownOr } from '../../model/known.ts';
import type { Process } from '../../model/process.ts';
import { shellCommand } from '../../model/shell-quote.ts';
import { endpointsOf } from './endpoints.ts';
import type { FreeingFacts } from './facts.ts';
import { descendantsOf, processOf } from './process-tree.ts';
import { type WayToStop, wayOf } from './stop-way.ts';

/** How the top of a tree is ended. */
export type TopStep = {
  readonly verb: StepVerb;
  readonly signal: 'SIGTERM' | 'SIGINT';
  readonly why: string;
  /** What a person would call it; left out: the program's name. */
  readonly target?: string;
};

/**
 * Ends a process, then those below it that share its session or hold what is to be freed. Those that
 * have a session of their own and hold nothing are left, and named. null where `pid` can't be seen.
 */
export const signalTree = (pid: number, facts: FreeingFacts, top: TopStep): WayToStop | null => {
  const root = processOf(pid, facts.processes);
  if (root === null) return null;
  const below = belowOf(pid, facts);
  const held = new Set(facts.holders.map(({ process }) => process.pid));
  const [ended, left] = partition(
    below,
    (one) => one.session === root.session || held.has(one.pid),
  );
  return wayOf({
    steps: [
      signalStep(root, facts, { ...top, leads: true }),
      ...ended.map((one) =>
        signalStep(one, facts, {
          verb: 'signal',
          signal: 'SIGTERM',
          why: `runs below ${facts.nameOf(root)} (pid ${root.pid}): signalled only where it outlives that`,
          leads: false,
        }),
      ),
    ],
    ends: [root.pid, ...ended.map((one) => one.pid)],
    left: left.map((one) => leftSentence(one, facts)),
  });
};

/** Below init is everything; and whoever carries the plan out has to see it through. */
const belowOf = (pid: number, { processes, self }: FreeingFacts): readonly Process[] => {
  if (pid === 1) return [];
  const own = isKnown(self) ? self.pid : null;
  return descendantsOf(pid, processes).filter((one) => !isZombie(one) && one.pid !== own);
};

/** One step that signals one process. */
export const signalStep = (
  process: Process,
  facts: Pick<FreeingFacts, 'nameOf'>,
  { verb, signal, why, target, leads }: TopStep & { readonly leads: boolean },
): FreeStep => {
  const { pid, startTicks, bootId } = process;
  return {
    verb,
    target: target ?? facts.nameOf(process),
    pid,
    command: shellCommand('kill', `-${signal.slice(3)}`, String(pid)),
    why,
    action: { kind: 'signal', signal, process: { pid, startTicks, bootId }, leads },
  };
};

const isZombie = ({ state }: Process): boolean => state === 'Z' || state === 'X';

const leftSentence = (process: Process, facts: FreeingFacts): string => {
  const serves = endpointsOf(process.pid, facts.allListeners);
  const also = serves.length === 0 ? '' : `; it serves ${serves.join(', ')}`;
  const command = knownOr(process.argv, []).join(' ') || process.comm;
  return `pid ${process.pid} (${command}) has a session of its own and goes on${also}`;
};

const partition = <T>(
  all: readonly T[],
  holds: (one: T) => boolean,
): readonly [readonly T[], readonly T[]] => [all.filter(holds), all.filter((one) => !holds(one))];
