import type { HostControl } from '../host/host-control.ts';
import type { FreePlan, FreeReceipt, FreeStep, StepReceipt } from '../model/freeing.ts';
import type { FreeingFacts } from '../ports/freeing/facts.ts';
import { proveFree } from './free-proof.ts';
import { nextAfterFreeing } from './free-next.ts';
import { signalProcesses } from './free-signals.ts';
import { holdAll, type Subject, waitForEnd, watchOwners } from './free-subjects.ts';
import type { LiveContext } from './operation.ts';
import { paceOf } from './pace.ts';

/** What is carried out. */
export type FreeOrder = {
  readonly plan: FreePlan;
  readonly facts: FreeingFacts;
  /** Whether the environment of what ends is told. */
  readonly environment: boolean;
};

const toolLimitMs = 100_000;

/**
 * Carries a plan out: managers stop what they run, then processes are signalled and given their time,
 * then it is proven that nobody listens. Every process is taken hold of before anything is done, so
 * that none that is given its pid later can be hit.
 */
export const carryOutPlan = async (
  context: LiveContext,
  control: HostControl,
  { plan, facts, environment }: FreeOrder,
): Promise<FreeReceipt> => {
  const { elapsed } = paceOf(context);
  const startedAt = new Date(context.now()).toISOString();
  const begin = elapsed();
  const since = (): number => Math.round(elapsed() - begin);
  const subjects = holdAll(plan, facts, control, { environment, since });
  try {
    const managed = await runManagers(context, control, plan, since);
    await waitForManaged(context, plan, managed, subjects);
    const signalled = await signalProcesses(context, plan, subjects, since);
    await waitForEnd(context, watchOwners(plan, subjects, managed), settleMs);
    const proof = await proveFree(context, facts);
    return {
      plan: plan.id,
      startedAt,
      tookMs: since(),
      steps: [...managed, ...signalled],
      processes: subjects.map(({ told }) => told()),
      ...proof,
      next: nextAfterFreeing(plan, proof.heldBy, [...managed, ...signalled]),
    };
  } finally {
    subjects.forEach(({ release }) => release());
  }
};

/** For the kernel to close what a killed process had. */
const settleMs = 1_000;

const runManagers = async (
  context: LiveContext,
  control: HostControl,
  plan: FreePlan,
  since: () => number,
): Promise<readonly StepReceipt[]> => {
  const receipts: StepReceipt[] = [];
  for (const step of plan.steps) {
    if (step.action.kind === 'signal') continue;
    const begin = since();
    const { outcome, why } = await runManager(context, control, step, plan);
    const { verb, target, pid } = step;
    receipts.push({ verb, target, pid, outcome, why, tookMs: since() - begin });
  }
  return receipts;
};

const runManager = async (
  { signal }: LiveContext,
  control: HostControl,
  { action }: FreeStep,
  { graceMs }: FreePlan,
): Promise<Pick<StepReceipt, 'outcome' | 'why'>> => {
  if (action.kind === 'container') {
    const stop = await control.stopContainer(action.id, graceMs, signal);
    if (stop.result === 'done') return done;
    return { outcome: stop.result === 'gone' ? 'not-needed' : stop.result, why: stop.why };
  }
  if (action.kind === 'signal') return done;
  const limits = { timeoutMs: toolLimitMs, environment: action.environment };
  const run = await control.runTool(action.tool, action.words, limits, signal);
  if (run.result === 'done') return done;
  return { outcome: run.result === 'denied' ? 'denied' : 'failed', why: run.why };
};

const done = { outcome: 'done', why: null } as const;

/** What managers were told to stop may take its time; what one refused to stop is not waited for. */
const waitForManaged = async (
  context: LiveContext,
  plan: FreePlan,
  managed: readonly StepReceipt[],
  subjects: readonly Subject[],
): Promise<void> => {
  if (managed.length === 0 || managed.some(({ outcome }) => outcome !== 'done')) return;
  const signalled = new Set(
    plan.steps.flatMap(({ action }) => (action.kind === 'signal' ? [action.process.pid] : [])),
  );
  const theirs = subjects.filter(({ identity }) => !signalled.has(identity.pid));
  await waitForEnd(context, theirs, plan.graceMs);
};
