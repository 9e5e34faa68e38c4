import type { EndingSignal } from '../model/ending.ts';
import type { FreePlan, FreeStep, StepReceipt } from '../model/freeing.ts';
import { type Subject, waitForEnd } from './free-subjects.ts';
import type { LiveContext } from './operation.ts';

/** What the leaders have to take down those below them in their own way. */
const leadMs = 1_000;

/** A process that was killed is gone at once, unless the kernel itself waits in its name. */
const killMs = 2_000;

type Signalled = {
  readonly step: FreeStep;
  readonly subject: Subject;
  readonly signal: EndingSignal;
};

/**
 * Signals the processes of a plan: what leads first; then, of the rest, what has outlived that; then,
 * when the stated time is over, SIGKILL to whom it takes. SIGINT that is not heeded is followed by
 * SIGTERM at half time.
 */
export const signalProcesses = async (
  context: LiveContext,
  plan: FreePlan,
  subjects: readonly Subject[],
  since: () => number,
): Promise<readonly StepReceipt[]> => {
  const all = plan.steps.flatMap((step) => signalledBy(step, subjects));
  if (all.length === 0) return [];
  const begin = since();
  const left = (): number => plan.graceMs - (since() - begin);
  const processes = all.map(({ subject }) => subject);
  send(all.filter(isLeader));
  await waitForEnd(context, leadersOf(all), Math.min(leadMs, plan.graceMs / 2));
  send(all.filter((one) => !isLeader(one)));
  if (all.some(({ signal }) => signal === 'SIGINT')) {
    await waitForEnd(context, processes, left() / 2);
    send(
      all.filter(({ signal }) => signal === 'SIGINT'),
      'SIGTERM',
    );
  }
  if (!(await waitForEnd(context, processes, left()))) {
    send(all, 'SIGKILL');
    await waitForEnd(context, processes, killMs);
  }
  return all.map((one) => receiptOf(one, begin));
};

const signalledBy = (step: FreeStep, subjects: readonly Subject[]): readonly Signalled[] => {
  const { action } = step;
  if (action.kind !== 'signal') return [];
  const subject = subjects.find(({ identity }) => identity.pid === action.process.pid);
  return subject === undefined ? [] : [{ step, subject, signal: action.signal }];
};

const isLeader = ({ step }: Signalled): boolean =>
  step.action.kind === 'signal' && step.action.leads;

const leadersOf = (all: readonly Signalled[]): readonly Subject[] =>
  all.filter(isLeader).map(({ subject }) => subject);

const send = (all: readonly Signalled[], instead?: EndingSignal): void => {
  for (const { subject, signal } of all) {
    if (!subject.hasEnded()) subject.signal(instead ?? signal);
  }
};

const receiptOf = ({ step, subject }: Signalled, begin: number): StepReceipt => {
  const { endedAfterMs, signals } = subject.told();
  const { verb, target, pid } = step;
  const wasDenied = signals.some(({ delivery }) => delivery === 'denied');
  const tookMs = Math.max(0, (endedAfterMs ?? begin) - begin);
  if (endedAfterMs !== null) {
    const outcome = signals.some(({ delivery }) => delivery === 'sent') ? 'done' : 'not-needed';
    return { verb, target, pid, outcome, why: null, tookMs };
  }
  return wasDenied
    ? { verb, target, pid, outcome: 'denied', why: 'the kernel refuses it to this user', tookMs }
    : { verb, target, pid, outcome: 'failed', why: 'it still runs after SIGKILL', tookMs };
};
