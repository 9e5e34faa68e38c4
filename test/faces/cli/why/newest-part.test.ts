import { expect, it } from 'vitest';
import { readMessage } from '../../../../src/diagnose/messages/read-message.ts';
import { hasFailure, newestPart } from '../../../../src/faces/cli/why/newest-part.ts';

const refused = 'Error: connect ECONNREFUSED 127.0.0.1:3000';
const inUse = 'Error: listen EADDRINUSE: address already in use :::8080';
const harmless = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `GET /page/${index} 200`);

it('leaves a log with one failure as it is', () => {
  const log = [...harmless(50), refused, ...harmless(60), ''].join('\n');
  expect(newestPart(log)).toEqual({ text: log, notes: [] });
});

it('blanks an older failure of a short log too', () => {
  const log = [refused, ...harmless(2), inUse, ''].join('\n');
  const { text, notes } = newestPart(log);
  expect(readMessage(text)).toMatchObject({ class: 'address-in-use', line: 4, text: inUse });
  expect(notes).toEqual(['the newest failure counts: the line before it was left out']);
});

it('blanks what stands before the newest failure; the lines keep their numbers', () => {
  const log = [refused, ...harmless(999), inUse, ''].join('\n');
  const { text, notes } = newestPart(log);
  expect(readMessage(text)).toMatchObject({ class: 'address-in-use', line: 1001, text: inUse });
  expect(notes).toEqual(['the newest failure counts: 881 lines before it were left out']);
});

it('leaves a long log whole where its only failure is at its start, or nowhere', () => {
  for (const first of [refused, 'ready']) {
    const log = [first, ...harmless(999)].join('\n');
    expect(newestPart(log)).toEqual({ text: log, notes: [] });
  }
});

it('tells whether there is a failure at all', () => {
  expect(hasFailure([refused, ...harmless(300)].join('\n'))).toBe(true);
  expect(hasFailure(harmless(300).join('\n'))).toBe(false);
});
