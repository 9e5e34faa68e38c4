import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RuleFacts } from '../../src/audit/rule.ts';
import { rules } from '../../src/audit/rules/registry.ts';
import type { CheckResult } from '../../src/model/finding.ts';
import { reachCases } from './rule-cases/reach.ts';
import { stateCases } from './rule-cases/state.ts';

const cases = [...reachCases, ...stateCases];

const judge = (id: string, facts: RuleFacts): CheckResult | undefined =>
  rules.find((rule) => rule.id === id)?.judge(facts);

describe('every rule', () => {
  test.each(cases.map((row) => [`${row[0]}: ${row[1]} → ${row[2]}`, row] as const))(
    '%s',
    (_, row) => {
      const [id, , outcome, facts] = row;
      const check = judge(id, facts);
      const [finding] = check?.result === 'fail' ? check.findings : [];
      expect(finding?.severity ?? check?.result).toBe(outcome);
      if (check?.result === 'unknown') expect(check.why.length).toBeGreaterThan(5);
      if (finding === undefined) return;
      expect(finding.id).toBe(id);
      expect(finding.evidence.length).toBeGreaterThan(0);
      expect(finding.benignCauses.length).toBeGreaterThan(0);
      expect(finding.title).not.toMatch(/[.]$/);
    },
  );

  test('has a file of its name, a place in the registry and cases for a finding and for none', () => {
    const files = readdirSync(new URL('../../src/audit/rules', import.meta.url))
      .filter((file) => file !== 'registry.ts')
      .map((file) => file.replace(/\.ts$/, ''))
      .sort();
    expect(rules.map(({ id }) => id).sort()).toEqual(files);
    const severities: readonly string[] = ['info', 'notice', 'warning', 'critical'];
    for (const { id } of rules) {
      const outcomes = cases.filter(([rule]) => rule === id).map(([, , outcome]) => outcome);
      expect([id, outcomes.some((outcome) => severities.includes(outcome))]).toEqual([id, true]);
      expect([id, outcomes.some((outcome) => !severities.includes(outcome))]).toEqual([id, true]);
    }
  });

  test('says what was observed and passes no judgement on intent', () => {
    const folder = new URL('../../src/audit/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(rules.length);
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect([file, /malware|\bclean\b|malicious|virus|infected/i.exec(text)]).toEqual([
        file,
        null,
      ]);
    }
  });
});
