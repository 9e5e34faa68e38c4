import { expect, test } from 'vitest';
import type { CheckFinding, Judged } from '../../src/diagnose/judge-checks.ts';
import { rootCauses } from '../../src/diagnose/root-causes.ts';
import type { Concerned } from '../../src/model/finding.ts';

const found = (
  id: string,
  concerns: Concerned | null = null,
  ...consequenceOf: readonly string[]
): CheckFinding => ({
  finding: { id, severity: 'warning', title: id, evidence: [], benignCauses: [], actions: [] },
  stage: null,
  explains: [],
  concerns,
  consequenceOf,
});

const judged = (...findings: readonly CheckFinding[]): Judged => ({
  reports: [...new Set(findings.map(({ finding }) => finding.id))].map((id) => ({
    id,
    title: id,
    stage: null,
    result: 'fail',
  })),
  findings,
  problems: [],
});

const told = (of: Judged): readonly string[] =>
  rootCauses(of).findings.map(({ finding }) => finding.id);

const one: Concerned = { pids: [1], inodes: [] };
const other: Concerned = { pids: [2], inodes: [7] };

test('what follows from a cause that is there is left to it, through every step', () => {
  const of = judged(found('trip', null, 'rule'), found('rule', null, 'blocks'), found('blocks'));
  expect(told(of)).toEqual(['blocks']);
  expect(rootCauses(of).reports.map(({ id, result, why }) => [id, result, why])).toEqual([
    ['trip', 'fail', 'follows from rule'],
    ['rule', 'fail', 'follows from blocks'],
    ['blocks', 'fail', undefined],
  ]);
});

test('without its cause it is told', () => {
  expect(told(judged(found('trip', null, 'rule'), found('other')))).toEqual(['trip', 'other']);
});

test('what is about somebody else is no consequence', () => {
  const queues = [found('queue', one, 'stopped'), found('queue', other, 'stopped')];
  const of = judged(...queues, found('stopped', { pids: [], inodes: [7] }));
  expect(rootCauses(of).findings).toEqual([queues[0], of.findings[2]]);
  expect(rootCauses(of).reports[0]?.why).toBeUndefined();
  expect(told(judged(...queues, found('stopped')))).toEqual(['stopped']);
});
