import type { Problem } from '../../../../model/problem.ts';
import { span, type Line } from '../../text/line.ts';
import { wrap } from '../../text/wrap.ts';

/** How problems are shown, and of which answer. */
export type ProblemView = {
  readonly verb: 'why' | 'doctor';
  readonly verbose: boolean;
  /** Whether `sudo` would show more of this machine. */
  readonly sudoHelps: boolean;
  /** Whether what this user may not see can have a part in the answer. */
  readonly concealed: boolean;
  /** Whether what failed to be read can. */
  readonly incomplete: boolean;
};

/**
 * What is missing from an answer: what has a part in it, and with `--verbose` everything. What only
 * root may see takes one line, however much it is. Empty, or with a blank line before.
 */
export const problemLines = (
  problems: readonly Problem[],
  view: ProblemView,
  width: number,
): readonly Line[] => {
  const shown = problems.filter((one) => view.verbose || bears(one, view));
  const details = [...new Set(shown.map(({ detail }) => detail))];
  const denied = view.sudoHelps && problems.some(({ reason }) => reason === 'denied');
  const lines: readonly Line[] = [
    ...details.map((detail): Line => [span('! ', 'caution'), span(detail, 'dim')]),
    ...(denied && (view.verbose || view.concealed) ? [sudo(view)] : []),
  ];
  return lines.length === 0 ? [] : [[], ...lines.flatMap((one) => wrap(one, width, 2))];
};

/** A fault of Homeport's own, and what was asked and not looked at, always do. */
const always: ReadonlySet<string> = new Set(['check-failed', 'more-endpoints']);

const bears = ({ id, reason }: Problem, { incomplete }: ProblemView): boolean =>
  always.has(id) || (incomplete && reason === 'failed');

const sudo = ({ verb }: ProblemView): Line => [
  span('! ', 'caution'),
  span('some of this machine may not be seen by this user: ', 'dim'),
  span(`sudo homeport ${verb}`, 'strong'),
  span(' shows more', 'dim'),
];
