import type { CheckResult, Finding } from '../model/finding.ts';

export const pass: CheckResult = { result: 'pass' };

export const notApplicable: CheckResult = { result: 'not-applicable' };

/** The check could not be made; `why` is one sentence for a person. */
export const couldNotCheck = (why: string): CheckResult => ({ result: 'unknown', why });

/** The check found one thing. */
export const failed = (finding: Finding): CheckResult => ({ result: 'fail', findings: [finding] });
