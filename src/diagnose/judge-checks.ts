import type { CheckReport, StageId } from '../model/diagnosis.ts';
import type { FailureClass } from '../model/failure.ts';
import type {
  CheckedFinding,
  CheckResult,
  Concerned,
  Finding,
  Severity,
} from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { Check } from './check.ts';

/** A finding with what its check says of it. */
export type CheckFinding = {
  readonly finding: Finding;
  readonly stage: StageId | null;
  readonly explains: readonly FailureClass[];
  /** null: everybody here, or what was asked about. */
  readonly concerns: Concerned | null;
  /** Ids of the checks whose failure is the reason for this. */
  readonly consequenceOf: readonly string[];
};

/** What came of some checks: one report for each, in their order. */
export type Judged = {
  readonly reports: readonly CheckReport[];
  readonly findings: readonly CheckFinding[];
  readonly problems: readonly Problem[];
};

/** Judges facts by all checks. Never throws: a check that does ends as `error` and a problem. */
export const judgeChecks = <Facts>(checks: readonly Check<Facts>[], facts: Facts): Judged => {
  const judged = checks.map((check) => judgeOne(check, facts));
  return {
    reports: judged.map(({ report }) => report),
    findings: judged.flatMap(({ findings }) => findings),
    problems: judged.flatMap(({ problem }) => (problem === null ? [] : [problem])),
  };
};

type One = {
  readonly report: CheckReport;
  readonly findings: readonly CheckFinding[];
  readonly problem: Problem | null;
};

const judgeOne = <Facts>(check: Check<Facts>, facts: Facts): One => {
  const { id, title, stage } = check;
  try {
    const result = check.judge(facts);
    const found = result.result === 'fail' ? result.findings : [];
    return {
      report: { id, title, stage, ...detailOf(result) },
      findings: found.map((one) => withCheck(one, check)),
      problem: null,
    };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const detail = `check ${id} failed: ${why}`;
    return {
      report: { id, title, stage, result: 'error', why },
      findings: [],
      problem: { id: 'check-failed', reason: 'failed', detail },
    };
  }
};

const withCheck = (
  { explains, concerns, ...finding }: CheckedFinding,
  check: Omit<Check<never>, 'judge'>,
): CheckFinding => ({
  finding,
  stage: check.stage,
  explains: explains ?? check.explains,
  concerns: concerns ?? null,
  consequenceOf: check.consequenceOf ?? [],
});

type Detail = Pick<CheckReport, 'result' | 'fact' | 'why' | 'severity'>;

const detailOf = (result: CheckResult): Detail => {
  if (result.result === 'fail') return { result: 'fail', ...gravest(result.findings) };
  if (result.result === 'unknown') return { result: 'unknown', why: result.why };
  if (result.result === 'pass' && result.fact !== undefined) {
    return { result: 'pass', fact: result.fact };
  }
  return { result: result.result };
};

const severities: readonly Severity[] = ['critical', 'warning', 'notice', 'info'];

const gravest = (findings: readonly Finding[]): Pick<CheckReport, 'severity'> => {
  const severity = severities.find((one) => findings.some((finding) => finding.severity === one));
  return severity === undefined ? {} : { severity };
};
