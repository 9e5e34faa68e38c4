import type { CheckReport } from '../model/diagnosis.ts';
import { concernsSame } from './concerned.ts';
import type { CheckFinding, Judged } from './judge-checks.ts';

/**
 * Leaves out what only follows from another finding that is there (`consequenceOf`) and is about the
 * same: one fact is told once, by its cause. The report of such a check names that cause's check.
 */
export const rootCauses = (judged: Judged): Judged => {
  const { findings } = judged;
  const causes = new Map(findings.map((one) => [one, causeOf(one, findings)] as const));
  const kept = findings.filter((one) => causes.get(one) === null);
  return {
    ...judged,
    findings: kept,
    reports: judged.reports.map((report) => withCause(report, kept, causes)),
  };
};

const causeOf = (one: CheckFinding, all: readonly CheckFinding[]): CheckFinding | null =>
  all.find(
    (other) =>
      one.consequenceOf.includes(other.finding.id) && concernsSame(one.concerns, other.concerns),
  ) ?? null;

const withCause = (
  report: CheckReport,
  kept: readonly CheckFinding[],
  causes: ReadonlyMap<CheckFinding, CheckFinding | null>,
): CheckReport => {
  if (report.result !== 'fail' || kept.some(({ finding }) => finding.id === report.id)) {
    return report;
  }
  const [cause] = [...causes].flatMap(([{ finding }, other]) =>
    finding.id === report.id && other !== null ? [other.finding.id] : [],
  );
  return cause === undefined ? report : { ...report, why: `follows from ${cause}` };
};
