import type { Health } from '../model/diagnosis.ts';
import type { Finding } from '../model/finding.ts';
import { machineChecks } from './checks/machine/registry.ts';
import type { MachineFacts } from './facts.ts';
import { judgeChecks } from './judge-checks.ts';
import { rootCauses } from './root-causes.ts';

/**
 * Judges the machine alone: every check with what it saw. What a person should merely know (a notice)
 * leaves it sound. Pure, never throws.
 */
export const judgeMachine = (facts: MachineFacts): Omit<Health, 'takenAt'> => {
  const { reports, findings, problems } = rootCauses(judgeChecks(machineChecks, facts));
  return {
    sound: problems.length === 0 && findings.every(({ finding }) => !isGrave(finding)),
    checks: reports,
    findings: findings.map(({ finding }) => finding),
    problems,
  };
};

const isGrave = ({ severity }: Finding): boolean =>
  severity === 'warning' || severity === 'critical';
