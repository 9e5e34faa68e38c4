import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/model/parse-target.ts';
import { targetText } from '../../src/model/target-text.ts';
import { attempt } from './parsed.ts';

const guide = readFileSync(new URL('../../docs/targets.md', import.meta.url), 'utf8');

/** The first two cells of every table row of a `##` section. */
const rowsOf = (section: string): readonly (readonly [string, string])[] => {
  const text = guide.split(/^## /m).find((part) => part.startsWith(section)) ?? '';
  return [...text.matchAll(/^\| `(.+?)` \| (.+) \|$/gm)].map(([, typed = '', said = '']) => [
    typed,
    said,
  ]);
};

describe('the guide to targets', () => {
  it('has all its tables', () => {
    expect(rowsOf('Forms').length).toBeGreaterThan(30);
    expect(rowsOf('Canonical form').length).toBeGreaterThan(10);
    expect(rowsOf('Errors').length).toBeGreaterThan(15);
  });

  it.each(rowsOf('Forms'))('is right that %s is a target: %s', (typed) => {
    expect(attempt(typed)).toHaveProperty('kind');
  });

  it.each(rowsOf('Canonical form'))('is right that %s is read as %s', (typed, said) => {
    expect(`\`${targetText(parseTarget(typed))}\``).toBe(said);
  });

  it.each(rowsOf('Errors'))('is right that %s is refused: %s', (typed, said) => {
    expect(attempt(typed)).toMatchObject({ code: 'invalid-input', message: said });
  });
});
