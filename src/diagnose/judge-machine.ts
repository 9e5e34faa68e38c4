import type { Health } from '../model/diagnosis.ts';
import { machineChecks } from './checks/machine/registry.ts';
import type { MachineFacts } from './facts.ts';
import { judgeChecks } from './judge-checks.ts';

/** Judges the machine alone: every check with what it saw. Pure, never throws. */
export const judgeMachine = (facts: MachineFacts): Omit<Health, 'takenAt'> => {
  const { reports, findings, problems } = judgeChecks(machineChecks, facts);
  return {
    sound: reports.every(({ result }) => result !== 'fail' && result !== 'error'),
    checks: reports,
    findings: findings.map(({ finding }) => finding),
    problems,
  };
};
