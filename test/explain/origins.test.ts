import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { OriginFacts } from '../../src/explain/origin.ts';
import { originDetectors } from '../../src/explain/origins/registry.ts';
import { serviceCases } from './origin-cases/services.ts';
import { sessionCases } from './origin-cases/sessions.ts';
import { starterCases } from './origin-cases/starters.ts';
import { factsOf } from './origin-facts.ts';

const cases = [...serviceCases, ...starterCases, ...sessionCases];

const detector = (wanted: string) => originDetectors.find((each) => each.id === wanted);

describe('every origin detector', () => {
  test.each(cases.map((row, at) => [`${row[0]}: ${row[1]} (${at})`, row] as const))(
    '%s',
    (_, row) => {
      const [wanted, label, restarts, at, facts] = row;
      const detection = detector(wanted)?.detect(facts);
      expect(detection).toMatchObject({ label, restarts, at });
      expect(detection?.evidence.length).toBeGreaterThan(0);
      expect(detection?.evidence.every((line) => line.length > 0)).toBe(true);
    },
  );

  test('has a file of its name, a place in the registry and a case here', () => {
    const files = readdirSync(new URL('../../src/explain/origins', import.meta.url))
      .filter((file) => file !== 'registry.ts')
      .map((file) => file.replace(/\.ts$/, ''))
      .sort();
    const ids = originDetectors.map((each) => each.id);
    expect([...ids].sort()).toEqual(files);
    expect(new Set(cases.map(([wanted]) => wanted))).toEqual(new Set(ids));
  });

  test('says nothing of a process that nothing tells about', () => {
    const facts = factsOf([
      { run: 'thing', cgroup: '/', session: 1 },
      { run: 'entry', pid: 1, cgroup: '/', session: 1 },
    ]);
    expect(originDetectors.filter(({ detect }) => detect(facts) !== null)).toEqual([]);
  });

  test('survives an empty chain', () => {
    const empty: OriginFacts = { chain: [], container: null, socketHeldByInit: true };
    expect(originDetectors.filter(({ detect }) => detect(empty) !== null)).toEqual([]);
  });
});
