import { expect, test } from 'vitest';
import type { Check } from '../../src/diagnose/check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../src/diagnose/check-result.ts';
import { judgeChecks } from '../../src/diagnose/judge-checks.ts';
import type { CheckResult } from '../../src/model/finding.ts';

const check = (id: string, judge: (facts: number) => CheckResult): Check<number> => ({
  id,
  title: `${id} holds`,
  stage: 'route',
  explains: ['timeout'],
  judge,
});

const finding = { id: 'c', severity: 'warning', title: 'it is so', evidence: [] } as const;

test('every check is told of in its order, however it ends', () => {
  const { reports } = judgeChecks(
    [
      check('a', (facts) => pass(`saw ${facts}`)),
      check('b', () => ({ result: 'pass' })),
      check('c', () => failed(finding)),
      check('d', () => couldNotCheck('not permitted')),
      check('e', () => notApplicable),
    ],
    7,
  );
  const of = (id: string) => ({ id, title: `${id} holds`, stage: 'route' });
  expect(reports).toEqual([
    { ...of('a'), result: 'pass', fact: 'saw 7' },
    { ...of('b'), result: 'pass' },
    { ...of('c'), result: 'fail', severity: 'warning' },
    { ...of('d'), result: 'unknown', why: 'not permitted' },
    { ...of('e'), result: 'not-applicable' },
  ]);
});

const concerns = { pids: [101], inodes: [7] };

test('a check that finds several things fails as gravely as the worst of them', () => {
  const { reports } = judgeChecks(
    [
      check('a', () =>
        failed({ ...finding, severity: 'notice' }, { ...finding, severity: 'critical' }),
      ),
    ],
    0,
  );
  expect(reports[0]?.severity).toBe('critical');
});

test('a finding goes with what its check says of it, unless it says so itself', () => {
  const { findings } = judgeChecks(
    [
      { ...check('a', () => failed(finding)), consequenceOf: ['b'] },
      check('b', () => failed({ ...finding, explains: ['unreachable'], concerns })),
    ],
    0,
  );
  const whole = { ...finding, benignCauses: [], actions: [] };
  expect(findings).toEqual([
    {
      finding: whole,
      stage: 'route',
      explains: ['timeout'],
      concerns: null,
      consequenceOf: ['b'],
    },
    { finding: whole, stage: 'route', explains: ['unreachable'], concerns, consequenceOf: [] },
  ]);
});

test('a check that throws is a problem of its own, and the others go on', () => {
  const { reports, findings, problems } = judgeChecks(
    [
      check('a', () => {
        throw new TypeError('x is undefined');
      }),
      check('b', () => JSON.parse('{')),
      check('c', () => failed(finding)),
    ],
    0,
  );
  expect(reports.map(({ result, why }) => [result, why])).toEqual([
    ['error', 'x is undefined'],
    ['error', expect.stringContaining('JSON')],
    ['fail', undefined],
  ]);
  expect(findings).toHaveLength(1);
  expect(problems).toMatchObject([
    { id: 'check-failed', reason: 'failed', detail: 'check a failed: x is undefined' },
    { id: 'check-failed', reason: 'failed' },
  ]);
});
