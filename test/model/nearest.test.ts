import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/model/nearest.ts';

const verbs = ['ls', 'explain', 'why', 'free', 'port', 'run', 'audit', 'doctor'];

describe('nearest', () => {
  it.each([
    ['explian', 'explain'],
    ['explan', 'explain'],
    ['EXPLAIN', 'explain'],
    ['exp', 'explain'],
    ['fre', 'free'],
    ['prot', 'port'],
    ['sl', 'ls'],
    ['doctr', 'doctor'],
    ['audti', 'audit'],
  ])('takes %s for %s', (word, expected) => {
    expect(nearest(word, verbs)).toBe(expected);
  });

  it.each(['', 'x', 'kubernetes', 'postgres', 'zzz'])('finds nothing near %j', (word) => {
    expect(nearest(word, verbs)).toBeNull();
  });

  it('prefers the nearer candidate, and the first of equals', () => {
    expect(nearest('jsom', ['jsin', 'json'])).toBe('json');
    expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
  });

  it('answers with a candidate or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (word, candidates) => {
        const answer = nearest(word, candidates);
        expect(answer === null || candidates.includes(answer)).toBe(true);
      }),
    );
  });
});
