import { describe, expect, it } from 'vitest';
import { newestFailure } from '../../../../src/faces/cli/why/terminal-part.ts';

const refused = 'Error: connect ECONNREFUSED 127.0.0.1:3000';
const inUse = 'Error: listen EADDRINUSE: address already in use :::8080';
const textOf = (...lines: string[]): string => lines.join('\n');

describe('what a terminal shows', () => {
  it.each([
    ['bash', 'ann@box:~/shop$ '],
    ['root', 'root@box:/srv# '],
    ['plain sh', '$ '],
    ['rhel', '[ann@box shop]$ '],
    ['starship', '❯ '],
    ['oh my zsh', '➜  shop git:(main) ✗ '],
    ['fish', 'ann@box ~/shop> '],
    ['PowerShell', 'PS /home/ann/shop> '],
    ['with a clock', '12:04:0%d ann@box ~/shop % '],
    ['with an environment', '(venv) ann@box:~/shop$ '],
  ])('is taken apart at its prompts: %s', (_, prompt) => {
    let second = 0;
    const typed = (command: string): string => prompt.replace('%d', `${second++}`) + command;
    const text = textOf(
      typed('node client.js'),
      refused,
      typed('node server.js'),
      inUse,
      '    at Server.setupListenHandle (node:net:1904:16)',
      typed('ls'),
      'client.js  server.js',
      typed('homeport why --last'),
    );
    expect(newestFailure(text)).toBe(text.split('\n').slice(2, 5).join('\n'));
  });

  it('ends before our own command, whatever it is started with', () => {
    for (const own of ['homeport', 'npx homeport', 'node bin/homeport.js', "'/a b/homeport'"]) {
      const text = textOf('$ node server.js', inUse, `$ ${own} why --last`, '', '');
      expect(newestFailure(text)).toBe(textOf('$ node server.js', inUse));
    }
  });

  it('is not what we answered before', () => {
    const text = textOf(
      '$ node client.js',
      refused,
      '$ homeport why --last',
      'listen EADDRINUSE: address already in use :::9999 is not what happened.',
      '$ homeport explain 3000',
      'Error: connect ETIMEDOUT 10.0.0.1:80 was said by somebody',
      '$ homeport why --last --verbose',
    );
    expect(newestFailure(text)).toBe(textOf('$ node client.js', refused));
  });

  it.each(['ann@box:~/homeport$ ', '[ann@box homeport]$ ', '➜  homeport git:(main) ✗ '])(
    'may be met in a folder of the name homeport: %s',
    (prompt) => {
      const failed = textOf(`${prompt}node server.js`, inUse);
      const text = textOf(
        `${prompt}node client.js`,
        refused,
        failed,
        `${prompt}homeport ls`,
        refused,
        `${prompt}homeport why --last`,
      );
      expect(newestFailure(text)).toBe(failed);
    },
  );

  it('may be the output of what homeport ran', () => {
    const text = textOf('$ homeport run web -- vite', inUse, '$ homeport why --last');
    expect(newestFailure(text)).toContain(inUse);
  });

  it('may be the output of the same command line', () => {
    const text = textOf('$ curl a', refused, '$ node server.js; homeport why --last', inUse);
    expect(newestFailure(text)).toBe(inUse);
  });

  it('is read to its end where nothing of ours stands in it', () => {
    const text = textOf('ann@box:~$ node a', inUse, 'ann@box:~$ node b', refused);
    expect(newestFailure(text)).toBe(textOf('ann@box:~$ node b', refused));
  });

  it('is read from its end where there are no prompts', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `GET /page/${index} 200`);
    const text = newestFailure(textOf(refused, ...lines, inUse));
    expect(text).toContain(inUse);
    expect(text).not.toContain(refused);
  });

  it('may tell of no failure', () => {
    expect(newestFailure('$ ls\na b\n$ homeport why --last\n')).toBe(
      '$ ls\na b\n$ homeport why --last',
    );
    expect(newestFailure('')).toBe('');
  });
});

describe('what script recorded', () => {
  it('is understood through escape codes, corrections and redrawn lines', () => {
    const text = textOf(
      'Script started on 2026-11-21 17:24:29+00:00\r',
      '\u001b[?2004h\u001b]0;box\u0007ann@box:~$ node a\r',
      `\u001b[?2004l\r${refused}\r`,
      'building 1%\rbuilding 50%\rbuilding 100%\r',
      '\u001b[?2004hann@box:~$ node b\r',
      `\u001b[?2004l\r\u001b[31m${inUse}\u001b[0m\r`,
      '\u001b[?2004hann@box:~$ home\b\b\b\b\u001b[Khomeport whu\b\u001b[Ky --last\r',
      '\u001b[?2004l\r',
    );
    const found = newestFailure(text);
    expect(found).toContain(inUse);
    expect(found).not.toMatch(/3000|homeport/);
  });

  it('may be one line of a megabyte, or nothing but escapes', () => {
    for (const piece of ['\u001b[', '\b', '$ ', '\u202e', ' ', 'homeport why ', '\r']) {
      const text = piece.repeat(2 ** 18);
      expect(newestFailure(text).length).toBeLessThanOrEqual(text.length);
    }
  });
});
