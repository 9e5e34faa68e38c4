import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bashCompletion } from '../../../../src/faces/cli/completion/bash.ts';
import { fishCompletion } from '../../../../src/faces/cli/completion/fish.ts';
import { zshCompletion } from '../../../../src/faces/cli/completion/zsh.ts';
import { commandLine } from '../../../../src/faces/cli/generated/verbs.ts';
import { main } from '../../../../src/faces/cli/main.ts';
import { memoryIo } from '../support/memory-io.ts';

const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', ':']).status === 0;

/** A `homeport` on PATH that knows three ports: the scripts ask it for them. */
let folder = '';
let env: NodeJS.ProcessEnv = {};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-completion-'));
  env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder };
  writeFileSync(
    join(folder, 'homeport'),
    `#!/bin/sh\n[ "$*" = 'completion ports' ] && printf '3000\\tvite\\n3306\\tmysqld\\n5432\\tpg [b]\\n'\n`,
  );
  chmodSync(join(folder, 'homeport'), 0o755);
  writeFileSync(join(folder, 'bash'), bashCompletion(commandLine));
  writeFileSync(join(folder, 'zsh'), zshCompletion(commandLine));
  writeFileSync(join(folder, 'fish'), fishCompletion(commandLine));
});

afterAll(() => rmSync(folder, { recursive: true }));

const run = (shell: string, ...args: string[]): string =>
  execFileSync(shell, args, { env, encoding: 'utf8', timeout: 20_000 });

const cases: readonly [string, readonly string[]][] = [
  ['homeport l', ['ls']],
  ['homeport 3', ['3000', '3306']],
  ['homeport --js', ['--json', '--json-stream']],
  ['homeport --json exp', ['explain']],
  ['homeport ls us', ['user:']],
  ['homeport ls --int', ['--interval']],
  ['homeport ls 33', ['3306']],
  ['homeport explain --no', ['--no-color', '--no-probe']],
  ['homeport explain 54', ['5432']],
  ['homeport completion ', ['bash', 'fish', 'zsh']],
  ['homeport help sn', ['snapshot']],
  ['homeport wait localhost:3000 --for re', ['redis']],
  ['homeport wait --for http', ['http', 'http2', 'https']],
];

describe.skipIf(!isInstalled('bash'))('bash (skipped where it is not installed)', () => {
  const complete = (text: string): string[] =>
    run(
      'bash',
      '--norc',
      '-c',
      'source "$0"; COMP_LINE=$1; COMP_POINT=${#1}; _homeport; printf "%s\\n" "${COMPREPLY[@]}"',
      join(folder, 'bash'),
      text,
    )
      .split('\n')
      .filter((word) => word !== '')
      .sort();

  test.each(cases)('completes %s', (text, words) => {
    expect(complete(text)).toEqual(words);
  });

  test('offers all verbs and ports first', () => {
    expect(complete('homeport ')).toEqual(
      [...commandLine.verbs.map(({ name }) => name), '3000', '3306', '5432'].sort(),
    );
  });

  test('offers files after --snapshot and goes on after it', () => {
    expect(complete(`homeport --snapshot ${folder}/ba`)).toEqual([`${folder}/bash`]);
    expect(complete('homeport --snapshot ls ex')).toEqual(['explain']);
  });

  test('offers nothing for a duration, nor after a verb without words', () => {
    expect(complete('homeport ls --interval ')).toEqual([]);
    expect(complete('homeport snapshot ')).toEqual([]);
  });
});

describe.skipIf(!isInstalled('fish'))('fish (skipped where it is not installed)', () => {
  test.each(cases)('completes %s', (text, words) => {
    const script = `source ${join(folder, 'fish')}; complete -C '${text}'`;
    const lines = run('fish', '--no-config', '-c', script).trim().split('\n');
    expect(lines.map((one) => one.split('\t')[0] ?? '').sort()).toEqual(words);
  });
});

describe.skipIf(!isInstalled('zsh'))('zsh (skipped where it is not installed)', () => {
  /** Types into an interactive zsh on a pseudo-terminal and waits for what Tab makes of it. */
  const typed = (text: string, expected: string): string =>
    run(
      'zsh',
      '-f',
      '-c',
      `zmodload zsh/zpty; zpty -b z "TERM=dumb zsh -f -i"
zpty -w z 'PS1=; autoload -U compinit; compinit -u -D; source ${join(folder, 'zsh')}; print REA''DY'
zpty -r z out '*READY*'
zpty -w -n z "$1"$'\\t'
zpty -r z out "*$2*" && print -r -- FOUND
zpty -d z`,
      'zsh',
      text,
      expected,
    );

  test.each([
    ['homeport exp', 'lain '],
    ['homeport explain 54', '32 '],
    ['homeport ls us', 'er:'],
    ['homeport ls --wa', 'tch '],
    ['homeport explain --no-p', 'robe '],
    ['homeport completion z', 'sh '],
  ])('goes on after %s with %s', (text, rest) => {
    expect(typed(text, rest)).toContain('FOUND');
  });
});

test.each(['bash', 'zsh', 'fish'])('homeport completion %s prints the script', async (shell) => {
  const io = memoryIo();
  expect(await main(['completion', shell], io)).toBe(0);
  expect(io.written.out).toContain('homeport completion ports');
});

test('a shell that is none is refused with what was probably meant', async () => {
  const io = memoryIo();
  expect(await main(['completion', 'bsh'], io)).toBe(2);
  expect(io.written.err).toBe(
    'homeport: there is no completion for bsh\nhint: did you mean bash?\n',
  );
});
