import type { CheckedFinding, CheckResult } from '../model/finding.ts';

/** All is well; `fact` says what was seen, in one sentence. */
export const pass = (fact: string): CheckResult => ({ result: 'pass', fact });

/** The check is about another case. */
export const notApplicable: CheckResult = { result: 'not-applicable' };

/** The check could not be made; `why` is one sentence for a person. */
export const couldNotCheck = (why: string): CheckResult => ({ result: 'unknown', why });

/** What a check found; its benign causes and actions may be left out. */
export type Found = Omit<CheckedFinding, 'benignCauses' | 'actions'> &
  Partial<Pick<CheckedFinding, 'benignCauses' | 'actions'>>;

/** The check found this. */
export const failed = (...found: readonly Found[]): CheckResult => ({
  result: 'fail',
  findings: found.map((one) => ({ benignCauses: [], actions: [], ...one })),
});
