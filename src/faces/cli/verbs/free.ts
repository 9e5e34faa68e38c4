import { homeportError } from '../../../model/error.ts';
import type { FreeCandidate, FreePlan, FreeReceipt } from '../../../model/freeing.ts';
import { free, type FreeResult } from '../../../operations/free.ts';
import type { FreeInput } from '../../../operations/free.schema.ts';
import type { OperationContext } from '../../../operations/operation.ts';
import { agrees, canAsk, nobodyToAsk, openQuestions, type Questions } from '../ask-line.ts';
import { durationOf, isOn, textOf, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { line, type Line } from '../text/line.ts';
import { commonView } from '../view.ts';
import { writeJson } from '../write-json.ts';
import { writeLines } from '../write-lines.ts';

type Call = {
  readonly context: OperationContext;
  readonly invocation: Invocation;
  readonly io: Io;
  readonly questions: Questions | null;
};

/**
 * `homeport free TARGET…`: 0 where it is free, or nothing was to be done; 1 where somebody listens
 * still, or again; 3 where the right is missing; 4 where something speaks against it, or nobody
 * agreed.
 */
export const runFree = async (invocation: Invocation, io: Io): Promise<number> => {
  const context = await openContext(invocation);
  const mayAsk = canAsk(io) && !isOn(invocation, 'json') && !isOn(invocation, 'dry-run');
  const questions = mayAsk ? openQuestions(io) : null;
  try {
    const call = { context, invocation, io, questions };
    const input = inputOf(invocation);
    const result = await free(context, input);
    return result.candidates === undefined
      ? await decide(call, input, result)
      : await choose(call, input, result.candidates, result);
  } finally {
    await questions?.close();
  }
};

const inputOf = (invocation: Invocation): FreeInput => {
  const idleMs = durationOf(invocation, 'idle');
  const timeoutMs = durationOf(invocation, 'timeout');
  const project = textOf(invocation, 'project');
  return {
    targets: [...invocation.positionals],
    orphans: isOn(invocation, 'orphans'),
    force: isOn(invocation, 'force'),
    withParent: isOn(invocation, 'with-parent'),
    environment: isOn(invocation, 'verbose'),
    ...(project === null ? {} : { project }),
    ...(idleMs === null ? {} : { idleMs }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
  };
};

const choose = async (
  call: Call,
  input: FreeInput,
  candidates: readonly FreeCandidate[],
  result: FreeResult,
): Promise<number> => {
  const { context, invocation, io, questions } = call;
  if (isOn(invocation, 'json')) await writeJson(result, io.out);
  else {
    const { renderCandidates } = await import('../render/free-candidates.ts');
    await show(call, renderCandidates(candidates, viewOf(call)));
  }
  if (isOn(invocation, 'yes') && candidates.length > 0) throw neverUnseen(candidates);
  if (questions === null || candidates.length === 0) return 0;
  const { chosenFrom } = await import('../choose-numbers.ts');
  const answer = await questions.ask('Which of them? (1 3, all, or nothing)');
  const chosen = chosenFrom(answer ?? '', candidates);
  if (chosen.length === 0) return nothingDone(io);
  const { project: _, idleMs: __, orphans: ___, ...rest } = input;
  const named = { ...rest, targets: chosen.map(({ endpoint }) => endpoint) };
  return decide(call, named, await free(context, named));
};

const neverUnseen = (candidates: readonly FreeCandidate[]) =>
  homeportError('refused', 'candidates are never stopped unseen', {
    hint: `name them: homeport free ${candidates.map(({ endpoint }) => endpoint).join(' ')} --yes`,
  });

/** Shows the plan, has it agreed to, and carries it out. */
const decide = async (call: Call, input: FreeInput, planned: FreeResult): Promise<number> => {
  const { context, invocation, io } = call;
  const { plan } = planned;
  if (plan === null) throw new Error('no plan was made');
  const isJson = isOn(invocation, 'json');
  const goesOn = plan.state === 'held' && isAllowed(plan) && isOn(invocation, 'yes');
  const isRun = goesOn && !isOn(invocation, 'dry-run');
  if (!isJson) await showPlan(call, plan);
  else if (!isRun) await writeJson(planned, io.out);
  if (plan.state === 'free') return 0;
  if (isOn(invocation, 'dry-run')) return exitCodeOf(plan);
  refuseWhatMayNotBe(plan);
  if (!isRun && !(await isAgreed(call))) return nothingDone(io);
  const result = await whileSaying(call, plan, () => free(context, { ...input, confirm: plan.id }));
  if (isJson) await writeJson(result, io.out);
  else await showOutcome(call, result.receipt);
  return result.receipt === null ? 0 : exitCodeAfter(result.receipt);
};

/** It takes two seconds and more: a person is told meanwhile what for. */
const whileSaying = async <T>(
  { invocation, io }: Call,
  { graceMs }: FreePlan,
  work: () => Promise<T>,
): Promise<T> => {
  if (io.err.size() === null || isOn(invocation, 'json')) return work();
  await io.err.write(
    `Ending it (SIGKILL after ${graceMs / 1000} s), then looking for two seconds who listens …`,
  );
  try {
    return await work();
  } finally {
    await io.err.write('\r\u001b[K');
  }
};

const isAllowed = ({ refusals, forced }: FreePlan): boolean => forced || refusals.length === 0;

/** What carrying it out would end with, as far as that is known before. */
const exitCodeOf = (plan: FreePlan): number => {
  if (!isAllowed(plan)) return 4;
  return plan.state === 'hidden' ? 3 : 0;
};

const refuseWhatMayNotBe = (plan: FreePlan): void => {
  const [refusal] = plan.refusals;
  if (refusal !== undefined && !plan.forced) {
    throw homeportError('refused', `nothing was stopped: ${refusal.why}`, {
      hint: '--force does it all the same',
    });
  }
  if (plan.state === 'hidden') {
    throw homeportError('not-permitted', 'this user may not see who holds it', {
      hint: 'sudo homeport free … shows and stops it',
    });
  }
};

const isAgreed = async ({ questions }: Call): Promise<boolean> => {
  if (questions === null) throw nobodyToAsk();
  return agrees(questions, 'Carry it out?');
};

/** It is as taken as before. */
const nothingDone = async (io: Io): Promise<number> => {
  await io.err.write('Nothing was stopped.\n');
  return 1;
};

const exitCodeAfter = ({ freed, steps }: FreeReceipt): number => {
  if (freed) return 0;
  return steps.some(({ outcome }) => outcome === 'denied') ? 3 : 1;
};

const viewOf = ({ context, invocation, io }: Call) => ({
  ...commonView(invocation, io),
  verbose: isOn(invocation, 'verbose'),
  now: context.now(),
});

const showPlan = async (call: Call, plan: FreePlan): Promise<void> => {
  const { renderFreePlan } = await import('../render/free-plan.ts');
  await show(call, renderFreePlan(plan, viewOf(call)));
};

const showOutcome = async (call: Call, receipt: FreeReceipt | null): Promise<void> => {
  if (receipt === null) return show(call, [[], line('It is free by now: nothing was to be done.')]);
  const { renderFreeReceipt } = await import('../render/free-receipt.ts');
  return show(call, [[], ...renderFreeReceipt(receipt, viewOf(call))]);
};

const show = ({ invocation, io }: Call, lines: readonly Line[]): Promise<void> =>
  writeLines(lines, io.out, io, invocation);
