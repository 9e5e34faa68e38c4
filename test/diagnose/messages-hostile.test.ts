import { describe, expect, it } from 'vitest';
import type { EcosystemMessages } from '../../src/diagnose/messages/ecosystem.ts';
import { ecosystems } from '../../src/diagnose/messages/ecosystems/registry.ts';
import { readMessage } from '../../src/diagnose/messages/read-message.ts';

const megabyte = 1024 * 1024;
const refused = 'Error: connect ECONNREFUSED 127.0.0.1:3000';

describe('hostile input', () => {
  it.each([
    'a',
    ' ',
    ':',
    '1.',
    '::1:',
    'E',
    'connect to ',
    '\u001b[',
    '"',
    'http://',
    '\t',
    '😀',
    '\u202e',
  ])('a line of a megabyte of %j is none, with a note', (piece) => {
    const answer = readMessage(piece.repeat(Math.ceil(megabyte / piece.length)));
    expect(answer.class).toBe('none');
    expect(answer.notes.join(' ')).toContain('left out');
  });

  it('reads the end of a long log and counts its lines', () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `GET /page/${index} 200`);
    const answer = readMessage([...lines, refused].join('\n'));
    expect(answer.class).toBe('connection-refused');
    expect(answer).toMatchObject({ line: 60_001, text: refused });
    expect(answer.notes).toHaveLength(1);
  });

  it('reads the start of a long line', () => {
    const answer = readMessage(`${refused} ${'x'.repeat(megabyte)}`);
    expect(answer.endpoints).toEqual([{ host: '127.0.0.1', port: 3000 }]);
  });

  it('reads through escape codes, bidi marks, zero widths and binary', () => {
    const text = `\0\u0001\u0002\u001b]0;title\u0007\u202eError: conn\u200bect \u001b[31mECONN\u001b[1mREFUSED\u001b[0m 127.0.0.1\u2066:3000\0`;
    const answer = readMessage(text);
    expect(answer.endpoints).toEqual([{ host: '127.0.0.1', port: 3000 }]);
    expect(answer.text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it.each([
    '',
    '\n',
    '\0',
    '\ud800',
    '{"a":1}',
    '-',
    '[]:',
    '://',
    'connect ECONNREFUSED',
    ':99999',
  ])('answers %j', (text) => {
    expect(readMessage(text).endpoints).toEqual([]);
  });

  it('takes no port beyond 65535', () => {
    expect(readMessage('connect ECONNREFUSED 127.0.0.1:65536').endpoints).toEqual([]);
    expect(readMessage('connect ECONNREFUSED 127.0.0.1:65535').endpoints).toHaveLength(1);
  });

  it('names 32 endpoints at most', () => {
    const text = Array.from(
      { length: 90 },
      (_, index) => `connect ECONNREFUSED 127.0.0.1:${index + 1}`,
    );
    expect(readMessage(text.join('\n')).endpoints).toHaveLength(32);
  });
});

describe('an ecosystem that throws', () => {
  const broken: EcosystemMessages = {
    id: 'broken',
    marks: [/x/],
    rules: [
      {
        pattern: /./,
        class: 'timeout',
        when: () => {
          throw new Error('no luck');
        },
      },
    ],
  };

  it('is left out, and a note says so', () => {
    const answer = readMessage(`${refused}\n${refused} again`, [broken, ...ecosystems]);
    expect(answer.class).toBe('connection-refused');
    expect(answer.notes).toEqual(['The messages of broken failed and were skipped: no luck']);
  });
});
