import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOperand, shellCommand, shellQuote } from '../../src/model/shell-quote.ts';

/** What a real shell makes of a line: the words, one per NUL. */
const wordsOf = (line: string, shell = 'bash'): string[] => {
  const { stdout, status } = spawnSync(shell, ['-c', `printf '%s\\0' ${line}`], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout.split('\0').slice(0, -1);
};

const hostile = [
  '$(touch /tmp/owned)',
  '`id`',
  "it's",
  "'; rm -rf ~; '",
  'a b',
  '',
  '~',
  '=ls',
  '%3',
  '*',
  '!!',
  'a\\b',
  "a\\'b",
  '"',
  '#x',
  'a&b|c>d<e;f',
  '{a,b}',
];

describe('shellQuote', () => {
  test.each([
    'nginx.service',
    'pid:4242',
    '127.0.0.1:3000',
    'http://127.0.0.1:80/',
    'a@b',
    '-n',
    'x=y',
    '+',
  ])('leaves %j as it is', (text) => expect(shellQuote(text)).toBe(text));

  test.each(hostile)('makes one word of %j for every POSIX shell', (text) => {
    expect(wordsOf(shellQuote(text), 'sh')).toEqual([text]);
    expect(wordsOf(shellQuote(text), 'bash')).toEqual([text]);
  });

  test.each([
    'a\nb',
    '\u001b]0;pw\u0007',
    'a\rb',
    '\u202eevil',
    "q'\\\n1",
    '\u007f',
    '\u0085',
    '\u20287',
  ])('shows no control character of %j', (text) => {
    const quoted = shellQuote(text);
    expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(wordsOf(quoted)).toEqual([text]);
  });

  test('makes one word of any text', () => {
    const texts = fc.sample(
      fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0')),
      { numRuns: 200, seed: 7 },
    );
    expect(wordsOf(texts.map(shellQuote).join(' '))).toEqual(texts);
  });
});

describe('shellCommand', () => {
  test('quotes each word', () => {
    expect(shellCommand('docker', 'logs', 'a b')).toBe("docker logs 'a b'");
  });
});

describe('isOperand', () => {
  test('refuses what a program would take for an option', () => {
    expect(['web', 'a-b', '-f', '--help', ''].map(isOperand)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
