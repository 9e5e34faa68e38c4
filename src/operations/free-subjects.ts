import type { HeldProcess, HostControl } from '../host/host-control.ts';
import type { EndedProcess, FreePlan, SentSignal, StepReceipt } from '../model/freeing.ts';
import type { EndingSignal } from '../model/ending.ts';
import { isKnown, isUnknown, type Known, knownOr, unknown } from '../model/known.ts';
import type { Process, ProcessIdentity } from '../model/process.ts';
import { shellCommand } from '../model/shell-quote.ts';
import type { FreeingFacts } from '../ports/freeing/facts.ts';
import type { LiveContext } from './operation.ts';
import { paceOf } from './pace.ts';

/** A process of a plan that was taken hold of, and what is written down about it. */
export type Subject = {
  readonly identity: ProcessIdentity;
  /** Whether it has ended; noted with the time when it is first seen. */
  readonly hasEnded: () => boolean;
  readonly signal: (signal: EndingSignal) => SentSignal['delivery'];
  readonly told: () => EndedProcess;
  readonly release: () => void;
};

type Note = {
  /** Ms since the beginning. */
  readonly since: () => number;
  readonly environment: boolean;
};

/** Takes hold of every process that a plan names: those who hold the port, and those it signals. */
export const holdAll = (
  plan: FreePlan,
  facts: FreeingFacts,
  control: HostControl,
  note: Note,
): readonly Subject[] => {
  const identities = new Map<number, ProcessIdentity>();
  for (const { action } of plan.steps) {
    if (action.kind === 'signal') identities.set(action.process.pid, action.process);
  }
  for (const { pid, startTicks, bootId } of plan.owners) {
    if (pid !== 1) identities.set(pid, { pid, startTicks, bootId });
  }
  return [...identities.values()].map((identity) => subjectOf(identity, facts, control, note));
};

const subjectOf = (
  identity: ProcessIdentity,
  facts: FreeingFacts,
  control: HostControl,
  { since, environment }: Note,
): Subject => {
  const process = facts.processes.find(({ pid }) => pid === identity.pid) ?? null;
  const held: Known<HeldProcess> = control.holdProcess(identity);
  const variables = environment ? { environment: control.environment(identity) } : {};
  const signals: SentSignal[] = [];
  let endedAfterMs: number | null = null;
  const hasEnded = (): boolean => {
    if (endedAfterMs === null && (isUnknown(held) || held.hasEnded())) endedAfterMs = since();
    return endedAfterMs !== null;
  };
  return {
    identity,
    hasEnded,
    signal: (signal) => {
      const delivery = isUnknown(held) ? 'gone' : held.signal(signal);
      signals.push({ signal, afterMs: since(), delivery });
      return delivery;
    },
    told: () => {
      const isOver = hasEnded();
      return {
        ...identity,
        name: process === null ? `pid ${identity.pid}` : facts.nameOf(process),
        signals,
        method: isUnknown(held) ? null : held.method,
        endedAfterMs,
        exit: isOver && isKnown(held) ? held.exit() : isOver ? goneBefore : stillRuns,
        startAgain: { ...againOf(process), ...variables },
      };
    },
    release: () => (isUnknown(held) ? undefined : held.release()),
  };
};

const goneBefore = unknown('gone', 'it had ended before');
const stillRuns = unknown('unsupported', 'it still runs');
const notSeen = unknown('gone', 'it was not seen');

const againOf = (process: Process | null) => {
  if (process === null) return { argv: notSeen, cwd: notSeen, command: null };
  const { argv, cwd } = process;
  const words = knownOr(argv, []);
  const folder = knownOr(cwd, null);
  // A title that the program gave itself is one word, and no command.
  const isTitle = words.length === 0 || (words.length === 1 && /[\s:]/.test(words[0] ?? ''));
  const go = folder === null ? '' : `${shellCommand('cd', folder)} && `;
  return { argv, cwd, command: isTitle ? null : `${go}${shellCommand(...words)}` };
};

const lookEveryMs = 20;

/** Waits until all of them have ended, `ms` at most; answers whether they have. */
export const waitForEnd = async (
  context: LiveContext,
  subjects: readonly Subject[],
  ms: number,
): Promise<boolean> => {
  const { elapsed, pause } = paceOf(context);
  const deadline = elapsed() + ms;
  const areOver = (): boolean => subjects.reduce((all, subject) => subject.hasEnded() && all, true);
  while (!areOver()) {
    if (elapsed() >= deadline) return false;
    await pause(Math.min(lookEveryMs, deadline - elapsed()), context.signal);
  }
  return true;
};

/** Those whose end was brought about: what a manager refused to stop is not waited for. */
export const watchOwners = (
  plan: FreePlan,
  subjects: readonly Subject[],
  managed: readonly StepReceipt[],
): readonly Subject[] => {
  const refused = new Set(
    managed.filter(({ outcome }) => outcome !== 'done').map(({ pid }) => pid),
  );
  const signalled = new Set(
    plan.steps.flatMap(({ action }) => (action.kind === 'signal' ? [action.process.pid] : [])),
  );
  return subjects.filter(({ identity: { pid } }) => signalled.has(pid) && !refused.has(pid));
};
