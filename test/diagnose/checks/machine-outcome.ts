import type { Check } from '../../../src/diagnose/check.ts';
import type { MachineFacts } from '../../../src/diagnose/facts.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { machineFacts, type Told } from '../../support/diagnosis-facts.ts';

/** How a check of the machine ends on what is told: `pass: fact`, `unknown: why`, `fail: title`. */
export const outcome = (check: Check<MachineFacts>, told: Told = {}): string => {
  const result = check.judge(machineFacts(told));
  if (result.result === 'pass') return `pass: ${result.fact ?? ''}`;
  if (result.result === 'unknown') return `unknown: ${result.why}`;
  if (result.result === 'not-applicable') return result.result;
  return `fail: ${result.findings.map(({ title }) => title).join(' | ')}`;
};

/** What a check finds on what is told; throws where it does not fail. */
export const findingsOf = (check: Check<MachineFacts>, told: Told): readonly Finding[] => {
  const result = check.judge(machineFacts(told));
  if (result.result !== 'fail') throw new Error(`${check.id} ends as ${result.result}`);
  return result.findings;
};

/** The commands that a check proposes for what is told. */
export const commandsOf = (check: Check<MachineFacts>, told: Told): readonly (string | null)[] =>
  findingsOf(check, told).flatMap(({ actions }) => actions.map(({ command }) => command));
