import type { CheckResult, Finding, Severity } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { Rule, RuleFacts } from './rule.ts';
import { rules as allRules } from './rules/registry.ts';

/** How one rule ended; `why` where it is `unknown` or `error`. */
export type RuleResult = {
  readonly id: string;
  readonly result: CheckResult['result'] | 'error';
  readonly why?: string;
};

export type Audit = {
  /** The most severe first. */
  readonly findings: readonly Finding[];
  /** One per rule, in the registry's order. */
  readonly results: readonly RuleResult[];
  readonly problems: readonly Problem[];
};

/** Judges one listener by all rules. Never throws: a rule that does ends as `error` and a problem. */
export const judgeRules = (facts: RuleFacts, rules: readonly Rule[] = allRules): Audit => {
  const findings: Finding[] = [];
  const results: RuleResult[] = [];
  const problems: Problem[] = [];
  for (const rule of rules) {
    try {
      const check = rule.judge(facts);
      if (check.result === 'fail') findings.push(...check.findings);
      results.push(resultOf(rule.id, check));
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      results.push({ id: rule.id, result: 'error', why });
      problems.push({
        id: 'rule-failed',
        reason: 'failed',
        detail: `rule ${rule.id} failed: ${why}`,
      });
    }
  }
  return {
    findings: findings.sort(bySeverity),
    results,
    problems,
  };
};

/** Compares findings for a sort: the most severe first. */
export const bySeverity = (a: Finding, b: Finding): number => order[a.severity] - order[b.severity];

const resultOf = (id: string, check: CheckResult): RuleResult =>
  check.result === 'unknown'
    ? { id, result: 'unknown', why: check.why }
    : { id, result: check.result };

const order: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, notice: 2, info: 3 };
