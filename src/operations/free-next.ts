import type { FreePlan, FreeReceipt, StepReceipt, StillHeld } from '../model/freeing.ts';
import { shellQuote } from '../model/shell-quote.ts';
import { targetText } from '../model/target-text.ts';

type Next = FreeReceipt['next'];

/** What to do where something is not free after all; nothing where it is. */
export const nextAfterFreeing = (
  plan: FreePlan,
  heldBy: readonly StillHeld[],
  steps: readonly StepReceipt[],
): Next => {
  if (heldBy.length === 0) return [];
  const targets = plan.targets.map((target) => shellQuote(targetText(target))).join(' ');
  const [back] = heldBy.filter(({ isNew }) => isNew);
  return [
    ...steps.flatMap((step) => deniedStep(step, plan)),
    ...(back === undefined || back.restartedBy === null
      ? []
      : [
          {
            label: `stop what started it again: ${back.restartedBy}`,
            command: `homeport free ${targets} --with-parent`,
          },
        ]),
    { label: 'see who has it now', command: `homeport explain ${targets.split(' ')[0] ?? ''}` },
  ];
};

const deniedStep = ({ outcome, verb, target }: StepReceipt, plan: FreePlan): Next => {
  if (outcome !== 'denied') return [];
  const step = plan.steps.find((one) => one.verb === verb && one.target === target);
  const command = step?.command ?? null;
  const asRoot = command === null || command.startsWith('sudo ') ? command : `sudo ${command}`;
  return [{ label: `${target} takes more rights`, command: asRoot }];
};
