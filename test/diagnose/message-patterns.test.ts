import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ecosystems } from '../../src/diagnose/messages/ecosystems/registry.ts';
import { patternCost } from './pattern-cost.ts';

const folder = fileURLToPath(new URL('../../src/diagnose/messages/', import.meta.url));

/** Every regular expression that stands in the room's source, and every piece that one is made of. */
const written = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => patternsIn(name, readFileSync(`${folder}${name}`, 'utf8')));

function patternsIn(name: string, text: string): { place: string; pattern: string }[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const found: { place: string; pattern: string }[] = [];
  const visit = (node: ts.Node): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    const add = (pattern: string): void => {
      found.push({ place: `${name}:${line}`, pattern });
    };
    if (ts.isRegularExpressionLiteral(node)) {
      add(node.text.slice(1, node.text.lastIndexOf('/')));
    } else if (ts.isTaggedTemplateExpression(node)) {
      add(
        node.template
          .getText(file)
          .slice(1, -1)
          .replace(/\$\{\w+\}/g, 'x'),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const rules = ecosystems.flatMap(({ id, marks, rules: all }) =>
  [...marks, ...all.map(({ pattern }) => pattern)].map((pattern) => ({ id, pattern })),
);

describe('the patterns that read messages', () => {
  it('are all looked at', () => {
    expect(written.length).toBeGreaterThan(rules.length - 60);
    expect(rules.length).toBeGreaterThan(250);
  });

  it.each(written)('$place is linear in the length of its input', ({ pattern }) => {
    expect(patternCost(pattern).faults).toEqual([]);
  });

  it.each(
    rules.map(({ id, pattern }) => [`${id} ${pattern.source.slice(0, 60)}`, pattern] as const),
  )('%s is linear when put together', (_name, pattern) => {
    expect(patternCost(pattern.source).faults).toEqual([]);
    expect(pattern.global || pattern.sticky).toBe(false);
  });

  it('answer for pumped inputs made of their own words', () => {
    for (const { pattern } of rules) {
      const words = pattern.source.replace(/\(\?(?:<\w+>|[:!=])|\\.|\{[\d,]+\}|[[\]()?|^$]/g, ' ');
      const pump = words.slice(0, 200).repeat(Math.ceil(4096 / Math.min(200, words.length)));
      for (const input of [pump, pump.replaceAll(' ', ''), `${words} ${'a:1 '.repeat(1000)}`]) {
        expect(typeof pattern.test(input.slice(0, 4096))).toBe('boolean');
      }
    }
  });
});

describe('the check of patterns', () => {
  it.each([
    ['a*', 'without an upper bound'],
    ['a+b', 'without an upper bound'],
    ['a{2,}', 'without an upper bound'],
    ['(?:a{0,90}b?){0,90}', 'a repetition in a repetition'],
    ['(a)\\1', 'a reference back'],
    ['.{0,2000}', 'more than 1100 times'],
  ])('refuses %s', (pattern, fault) => {
    expect(patternCost(pattern).faults.join()).toContain(fault);
  });

  it.each(['a{0,20}', '[*+]', '\\+\\*', 'a?b', '(?:ab ?){0,3}', '(?<host>\\w{1,9})'])(
    'takes %s',
    (pattern) => {
      expect(patternCost(pattern).faults).toEqual([]);
    },
  );
});
