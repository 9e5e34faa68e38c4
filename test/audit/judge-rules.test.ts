import { describe, expect, test } from 'vitest';
import { judgeRules } from '../../src/audit/judge-rules.ts';
import type { Rule } from '../../src/audit/rule.ts';
import { rules } from '../../src/audit/rules/registry.ts';
import { factsOf, listenerOf, loopbackListener, processOf, protocolOf } from './rule-facts.ts';

const rule = (id: string, judge: Rule['judge']): Rule => ({ id, title: id, judge });
const finding = (id: string, severity: 'info' | 'critical') =>
  ({ id, severity, title: id, evidence: ['x'], benignCauses: ['y'], actions: [] }) as const;

describe('judgeRules', () => {
  test('puts the most severe first and says how each rule ended', () => {
    const audit = judgeRules(factsOf(), [
      rule('small', () => ({ result: 'fail', findings: [finding('small', 'info')] })),
      rule('fine', () => ({ result: 'pass' })),
      rule('unread', () => ({ result: 'unknown', why: 'not permitted' })),
      rule('large', () => ({ result: 'fail', findings: [finding('large', 'critical')] })),
    ]);
    expect(audit.findings.map(({ id }) => id)).toEqual(['large', 'small']);
    expect(audit.results).toEqual([
      { id: 'small', result: 'fail' },
      { id: 'fine', result: 'pass' },
      { id: 'unread', result: 'unknown', why: 'not permitted' },
      { id: 'large', result: 'fail' },
    ]);
    expect(audit.problems).toEqual([]);
  });

  test('reports a rule that throws and goes on', () => {
    const audit = judgeRules(factsOf(), [
      rule('broken', () => {
        throw new Error('boom');
      }),
      rule('fine', () => ({ result: 'pass' })),
    ]);
    expect(audit.results).toEqual([
      { id: 'broken', result: 'error', why: 'boom' },
      { id: 'fine', result: 'pass' },
    ]);
    expect(audit.problems).toEqual([
      { id: 'rule-failed', reason: 'failed', detail: 'rule broken failed: boom' },
    ]);
  });

  test('judges by every registered rule, and an ordinary loopback server has no finding', () => {
    const facts = factsOf({ listener: loopbackListener(), protocol: protocolOf('http1') });
    const { findings, results } = judgeRules(facts);
    expect(findings).toEqual([]);
    expect(results.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    expect(results.filter(({ result }) => result === 'error' || result === 'unknown')).toEqual([]);
  });

  test('says that it could not check rather than pass where nothing could be read', () => {
    const denied = { unknown: 'denied' } as const;
    const listener = listenerOf({
      program: denied,
      exposure: { level: 'unknown', reasons: [], reachableVia: [] },
      queue: { length: 0, limit: denied },
    });
    const { results, findings } = judgeRules(factsOf({ listener, process: null }));
    expect(findings).toEqual([]);
    expect(results.filter(({ result }) => result === 'pass')).toEqual([]);
  });

  test('names hostile programs as data and puts no text of theirs into a command', () => {
    const hostile = '$(touch /tmp/x); `id`';
    const program = {
      id: null,
      name: hostile,
      kind: 'dev-server',
      version: null,
      evidence: [],
    } as const;
    const { findings } = judgeRules(
      factsOf({
        listener: listenerOf({ program, queue: { length: 9, limit: 5 } }),
        process: processOf({ state: 'T', uid: 0, exe: { path: `/tmp/${hostile}`, deleted: true } }),
      }),
    );
    expect(findings.length).toBeGreaterThan(3);
    const commands = findings.flatMap(({ actions }) => actions.map(({ command }) => command ?? ''));
    expect(commands.filter((command) => command.includes('touch'))).toEqual([]);
  });
});
