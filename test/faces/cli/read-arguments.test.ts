import { describe, expect, test } from 'vitest';
import { isHomeportError } from '../../../src/model/error.ts';
import { readArguments } from '../../../src/faces/cli/read-arguments.ts';

const read = (...argv: string[]) => {
  const { verb, typed, positionals, flags } = readArguments(argv);
  return { verb, typed, positionals: [...positionals], flags: Object.fromEntries(flags) };
};

const refusal = (...argv: string[]): string => {
  try {
    readArguments(argv);
  } catch (thrown) {
    if (isHomeportError(thrown)) return `${thrown.code}: ${thrown.message}; ${thrown.hint}`;
    throw thrown;
  }
  throw new Error('not refused');
};

describe('understands', () => {
  test('nothing at all as ls', () => {
    expect(read()).toEqual({ verb: 'ls', typed: false, positionals: [], flags: {} });
  });

  test('flags alone as ls', () => {
    expect(read('--json', '-a')).toMatchObject({ verb: 'ls', flags: { json: true, all: true } });
  });

  test('a target without a verb as explain', () => {
    expect(read('127.0.0.1:49342', '-v')).toEqual({
      verb: 'explain',
      typed: false,
      positionals: ['127.0.0.1:49342'],
      flags: { verbose: true },
    });
  });

  test('flags before the verb, and their values', () => {
    expect(read('--snapshot', 'ls', '--no-color', 'ls', 'udp', '3000')).toEqual({
      verb: 'ls',
      typed: true,
      positionals: ['udp', '3000'],
      flags: { snapshot: 'ls', 'no-color': true },
    });
  });

  test('durations', () => {
    expect(read('ls', '-w', '--interval=0.5').flags).toEqual({ watch: true, interval: 500 });
  });

  test('what follows -- as words', () => {
    expect(read('explain', '--', '--json').positionals).toEqual(['--json']);
  });

  test('- as standard input', () => {
    expect(read('--snapshot', '-').flags).toEqual({ snapshot: '-' });
  });

  test('--help without the word a verb needs', () => {
    expect(read('explain', '--help').flags).toEqual({ help: true });
  });
});

test.each([
  [['--jsno'], 'invalid-input: ls has no flag --jsno; did you mean --json?'],
  [['-x'], 'invalid-input: ls has no flag -x; homeport ls --help lists its flags'],
  [
    ['ls', '--verbose'],
    'invalid-input: ls has no --verbose: it belongs to explain, why, doctor, free; homeport ls --help lists its flags',
  ],
  [['ls', '--json=1'], 'invalid-input: --json takes no value; write --json alone'],
  [['ls', '--interval'], 'invalid-input: --interval needs a value; write --interval SECONDS'],
  [
    ['ls', '--interval', '--watch'],
    'invalid-input: --interval needs a value; write --interval SECONDS',
  ],
  [
    ['ls', '--interval', 'often'],
    'invalid-input: --interval is no duration: often; write seconds (2, 0.5) or 500ms, 1m, 2h',
  ],
  [
    ['ls', '--interval', '10ms'],
    "invalid-input: --interval can't be 10ms; it must be at least 100ms and at most 60m",
  ],
  [['explain'], 'invalid-input: explain needs a TARGET; homeport explain --help lists its flags'],
  [
    ['explain', 'a', 'b'],
    'invalid-input: explain takes one TARGET, not 2; put a target that has blanks into quotes',
  ],
  [
    ['3000', '4000'],
    'invalid-input: explain takes one TARGET, not 2; homeport ls 3000 4000 lists each',
  ],
  [['lst', '3000'], 'invalid-input: no verb is called lst; did you mean homeport ls?'],
  [
    ['snapshot', 'x'],
    'invalid-input: snapshot takes no x; homeport snapshot --help lists its flags',
  ],
])('refuses %j', (argv, expected) => {
  expect(refusal(...argv)).toBe(expected);
});
