import { describe, expect, it, test } from 'vitest';
import { renderHealth } from '../../../../src/faces/cli/render/doctor.ts';
import { lineWidth, paintLines } from '../../../../src/faces/cli/text/line.ts';
import type { Health } from '../../../../src/model/diagnosis.ts';
import { cause, health } from '../support/diagnosis-literals.ts';

const shown = (given: Partial<Health> = {}, verbose = false, columns: number | null = null) =>
  paintLines(renderHealth(health(given), { columns, verbose, sudoHelps: true }), false);

const headline = (given: Partial<Health>): string => shown(given).split('\n')[0] ?? '';

test('the answer, every fact, and what to do about what fails', () => {
  expect(shown()).toBe(`\
1 thing wrong with this machine; 2 checks could not be made.

✓ lo is up, as seen
? no firewall  not permitted
! it judges  x is undefined

✗ lo is down
  no TCP socket listens on port 3000
  → start shop
      npm run dev
      changes: it runs until you stop it
  → allow port 80 (root)
      sudo sysctl -w x=80
  → write server.host in vite.config.js
`);
});

test('--verbose has the checks that are about another case, and all evidence', () => {
  const evidence = ['one', 'two', 'three', 'four'];
  const findings = [cause({ id: 'b', evidence })];
  expect(shown({ findings })).not.toContain('four');
  const text = shown({ findings }, true);
  expect(text).toContain('· not about this');
  expect(text).toContain('  four');
});

describe('the headline', () => {
  const passing = health().checks.filter(({ result }) => result === 'pass');
  const notice = cause({ severity: 'notice' });

  it.each<[string, Partial<Health>, string]>([
    [
      'all is well',
      { sound: true, checks: passing, findings: [] },
      'The loopback stack of this machine is sound.',
    ],
    [
      'worth knowing',
      { sound: true, checks: passing, findings: [notice, notice] },
      'The loopback stack of this machine is sound; 2 things to know.',
    ],
    [
      'two are wrong',
      { checks: passing, findings: [cause(), cause({ severity: 'critical' }), notice] },
      '2 things wrong with this machine; 1 thing to know.',
    ],
    [
      'a check failed to judge',
      { sound: false, findings: [] },
      'Nothing wrong was found, as far as it could be looked at; 2 checks could not be made.',
    ],
  ])('%s', (_, given, expected) => {
    expect(headline(given)).toBe(expected);
  });
});

test('what is wrong stands before what is worth knowing, each apart', () => {
  const findings = [
    cause({ id: 'a', severity: 'notice', title: 'good to know', evidence: [], actions: [] }),
    cause({ id: 'b', severity: 'critical', title: 'lo is down', evidence: [], actions: [] }),
  ];
  expect(shown({ findings, checks: [] }).split('\n\n').slice(1)).toEqual([
    '✗ lo is down',
    '! good to know\n',
  ]);
});

test('a finding that is merely worth knowing is no failure', () => {
  const text = shown({ findings: [cause({ id: 'b', severity: 'notice', title: 'good to know' })] });
  expect(text).toContain('\n! good to know\n');
  expect(text).not.toContain('✗');
});

test('problems are told once', () => {
  const problem = { id: 'check-failed', reason: 'failed', detail: 'check e failed' } as const;
  const text = shown({ problems: [problem, problem] });
  expect(text.match(/check e failed/g)).toHaveLength(1);
  expect(text.endsWith('\n\n! check e failed\n')).toBe(true);
});

test('of what may not be read only that is told which sudo helps with', () => {
  const problems = [
    { id: 'a', reason: 'denied', detail: 'processes are hidden' },
    { id: 'b', reason: 'unsupported', detail: 'without cookie' },
  ] as const;
  expect(shown({ problems })).toMatch(/user: sudo homeport doctor shows more\n$/);
  expect(shown({ problems })).not.toMatch(/cookie|hidden/);
  expect(shown({ problems }, true)).toMatch(/! processes are hidden\n! without cookie\n/);
});

test('a notice has the sign of one where its check stands alone too', () => {
  const check = { id: 'n', title: 'it is usual', stage: null, result: 'fail' } as const;
  const sign = (severity: 'notice' | 'warning') =>
    shown({ checks: [{ ...check, severity }], findings: [] });
  expect(sign('notice')).toContain('! it is usual');
  expect(sign('warning')).toContain('✗ it is usual');
});

test.each([40, 80, 120])('%i columns are kept to, but by a command', (columns) => {
  const words = 'a good many words '.repeat(20);
  const finding = cause({
    id: 'b',
    title: words,
    evidence: [words],
    actions: [{ label: words, command: words, changes: words }],
  });
  const problems = [{ id: 'x', reason: 'failed' as const, detail: words }];
  const lines = renderHealth(health({ findings: [finding], problems }), {
    columns,
    verbose: true,
    sudoHelps: true,
  });
  const broken = lines.filter((one) => !one.some(({ isWhole }) => isWhole === true));
  expect(lines.length - broken.length).toBe(1);
  expect(Math.max(...broken.map((one) => lineWidth(one)))).toBeLessThanOrEqual(columns);
});

test('hostile text from outside stays inert', () => {
  const evil = 'a\u001b[2Jb\nc\u202ed';
  const finding = cause({
    id: 'b',
    title: evil,
    evidence: [evil],
    actions: [{ label: evil, command: evil, changes: evil }],
  });
  const text = shown({
    checks: [
      { id: 'b', title: evil, stage: null, result: 'fail' },
      { id: 'c', title: evil, stage: null, result: 'pass', fact: evil },
      { id: 'd', title: evil, stage: null, result: 'unknown', why: evil },
    ],
    findings: [finding],
    problems: [{ id: 'p', reason: 'failed', detail: evil }],
  });
  expect(text).toContain('a\\x1b[2Jb\\nc\\u202ed');
  expect(text.replace(/\n/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
  expect(text).not.toMatch(/^\s*c\\u/m);
});
