import type { HostControl } from '../host/host-control.ts';
import { homeportError, invalidInput } from '../model/error.ts';
import type { FreeCandidate, FreePlan, FreeReceipt } from '../model/freeing.ts';
import type { FreeingFacts } from '../ports/freeing/facts.ts';
import { planToFree } from '../ports/freeing/plan-to-free.ts';
import { freeingFacts, type FreeMachine, freeMachine } from './free-facts.ts';
import { readFreeTargets } from './free-selection.ts';
import type { FreeInput } from './free.schema.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** What `homeport free` answers. */
export type FreeResult = {
  /** null where candidates were asked for. */
  readonly plan: FreePlan | null;
  /** What could be stopped, of what was asked for. */
  readonly candidates?: readonly FreeCandidate[];
  /** null: nothing was done. */
  readonly receipt: FreeReceipt | null;
};

/**
 * Plans how to free endpoints, and carries the plan out only where `confirm` is its id: stops each
 * holder the right way, proves that nobody listens, and tells what was done. Rejects with invalid
 * input for targets that can't be right; as `refused` where another plan was confirmed, or something
 * speaks against this one and `force` is not given; as `not-permitted` where the holder is hidden.
 */
export const free = async (context: OperationContext, input: FreeInput): Promise<FreeResult> => {
  const isSearch =
    input.project !== undefined || input.idleMs !== undefined || input.orphans === true;
  if (isSearch) return findCandidates(context, input);
  const targets = readFreeTargets(input.targets ?? []);
  const machine = await freeMachine(
    context,
    targets.some(({ kind }) => kind !== 'endpoint'),
  );
  const facts = await freeingFacts(context, input, targets, machine);
  const plan = await withId(planToFree(facts));
  if (input.confirm === undefined) return { plan, receipt: null };
  checkConfirmed(plan, input.confirm);
  if (context.snapshot !== undefined) throw notOnSnapshot();
  if (plan.state === 'free') return { plan, receipt: null };
  return { plan, receipt: await carryOut(context, input, plan, facts) };
};

const findCandidates = async (context: OperationContext, input: FreeInput): Promise<FreeResult> => {
  if ((input.targets ?? []).length > 0) {
    throw invalidInput(
      'targets name what is to be freed, --project, --idle and --orphans look for it',
      'give one or the other',
    );
  }
  if (input.confirm !== undefined) {
    throw invalidInput('candidates are never stopped by themselves', 'name them as targets');
  }
  const { candidatesFor } = await import('./free-candidates.ts');
  const machine: FreeMachine = await freeMachine(context, false);
  return { plan: null, candidates: await candidatesFor(context, input, machine), receipt: null };
};

const withId = async (plan: Omit<FreePlan, 'id'>): Promise<FreePlan> => {
  const { createHash } = await import('node:crypto');
  const steps = plan.steps.filter(({ action }) => action.kind !== 'signal' || action.leads);
  const owners = plan.owners.map(({ pid, startTicks, bootId }) => [pid, startTicks, bootId]);
  const text = JSON.stringify([plan.endpoints, owners, steps]);
  return { id: createHash('sha256').update(text).digest('hex').slice(0, 16), ...plan };
};

const checkConfirmed = (plan: FreePlan, confirmed: string): void => {
  if (plan.id !== confirmed && plan.state !== 'free') {
    throw homeportError('refused', 'what holds it has changed since that plan was made', {
      hint: 'look at the new plan, and confirm that',
    });
  }
  const [refusal] = plan.refusals;
  if (refusal !== undefined && !plan.forced) {
    throw homeportError('refused', refusal.why, { hint: '--force does it all the same' });
  }
  if (plan.state === 'hidden') throw hidden();
};

const hidden = () =>
  homeportError('not-permitted', 'this user may not see who holds it', {
    hint: 'sudo shows it',
  });

const notOnSnapshot = () =>
  invalidInput('a snapshot can not be changed', 'leave out --snapshot, or add --dry-run');

const carryOut = async (
  context: LiveContext,
  input: FreeInput,
  plan: FreePlan,
  facts: FreeingFacts,
): Promise<FreeReceipt> => {
  const { carryOutPlan } = await import('./free-carry-out.ts');
  const control: HostControl = await context.host.control();
  return carryOutPlan(context, control, { plan, facts, environment: input.environment ?? false });
};
