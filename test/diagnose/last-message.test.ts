import { describe, expect, it } from 'vitest';
import { lastMessage } from '../../src/diagnose/messages/last-message.ts';

const refused = 'Error: connect ECONNREFUSED 127.0.0.1:3000';
const inUse = 'Error: listen EADDRINUSE: address already in use :::8080';
const harmless = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `GET /page/${index} 200`);
const logOf = (...lines: (string | string[])[]): string => lines.flat().join('\n');

describe('the newest failure of a log', () => {
  it('wins over an older one', () => {
    const log = logOf(refused, harmless(60), inUse, harmless(30));
    const { message, linesBefore, text } = lastMessage(log);
    expect(message).toMatchObject({ class: 'address-in-use', line: 62, text: inUse });
    expect(linesBefore).toBe(52);
    expect(text).toBe(log.split('\n').slice(52).join('\n'));
  });

  it('is looked for ever further up', () => {
    expect(lastMessage(logOf(harmless(50), refused, harmless(100)))).toMatchObject({
      message: { class: 'connection-refused', line: 51 },
      linesBefore: 31,
    });
    expect(lastMessage(logOf(refused, harmless(500)))).toMatchObject({
      message: { class: 'connection-refused', line: 1 },
      linesBefore: 0,
    });
  });

  it('keeps the lines of one failure together', () => {
    const log = logOf('Error: connect ECONNREFUSED ::1:3000', refused);
    expect(lastMessage(log).message.endpoints).toHaveLength(2);
  });

  it('is none where nothing failed; then the text is the whole', () => {
    const log = logOf(harmless(300));
    const { message, text, linesBefore } = lastMessage(`${log}\n\n  \n`);
    expect([message.class, text, linesBefore]).toEqual(['none', log, 0]);
  });

  it('does not count the empty lines below, as a terminal has them', () => {
    expect(lastMessage(logOf(refused, Array(60).fill('')), [2]).linesBefore).toBe(0);
  });

  it.each(['', '\n', '\n\n', refused])('reads %j', (text) => {
    expect(lastMessage(text).linesBefore).toBe(0);
  });
});
