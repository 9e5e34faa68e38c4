import type { CheckResult, Finding } from '../model/finding.ts';

/** The check found nothing to say. */
export const pass: CheckResult = { result: 'pass' };

/** The check is about another kind of listener. */
export const notApplicable: CheckResult = { result: 'not-applicable' };

/** The check could not be made; `why` is one sentence for a person. */
export const couldNotCheck = (why: string): CheckResult => ({ result: 'unknown', why });

/** The check found one thing. */
export const failed = (finding: Finding): CheckResult => ({ result: 'fail', findings: [finding] });
