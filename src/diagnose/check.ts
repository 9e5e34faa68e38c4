import type { StageId } from '../model/diagnosis.ts';
import type { FailureClass } from '../model/failure.ts';
import type { CheckResult } from '../model/finding.ts';

/**
 * A check: one file in a folder of `checks/`, one exported const, file name = id. `judge` is a pure
 * function of facts. A check finds what is wrong, whether or not it is what the user met: `explains`
 * tells which failures it can be the reason of by itself; a finding may narrow that.
 */
export type Check<Facts> = {
  readonly id: string;
  /** What holds where it passes, a short sentence: `lo is up`. */
  readonly title: string;
  /** Where on the way it is met; null: nowhere on the way of one connection. */
  readonly stage: StageId | null;
  readonly explains: readonly FailureClass[];
  /** Checks whose failure brings this one about, or is the same seen elsewhere: where one of them
   * fails about the same, what this one finds adds nothing. */
  readonly consequenceOf?: readonly string[];
  readonly judge: (facts: Facts) => CheckResult;
};
