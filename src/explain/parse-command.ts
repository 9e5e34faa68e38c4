import { isKnown, knownOr } from '../model/known.ts';
import type { Process } from '../model/process.ts';
import { baseName } from './base-name.ts';
import type { Command } from './command.ts';
import { parseArguments, runtimeOf } from './interpreters.ts';

/**
 * Takes a process's command line apart: the interpreter told from what it runs, a title told from
 * arguments. Pure and total: any text is taken as data, nothing throws. Where `argv` is unknown or
 * empty (a zombie, a kernel thread) the executable's path, else `comm` (proc(5): at most 15 bytes,
 * and a program may change it), stands in for it. `env NAME=value node x` is what `env` becomes:
 * `node x`.
 */
export const commandOf = (process: Pick<Process, 'argv' | 'exe' | 'comm'>): Command => {
  const argv = knownOr(process.argv, []);
  const exe = isKnown(process.exe) ? process.exe.path : null;
  const title = titleOf(argv, exe);
  const [head = '', ...rest] = title === null ? withoutEnv(argv) : title.split(/\s+/);
  const executable = executableName(title === null ? head : firstWord(head), exe, process.comm);
  const runtime = runtimeOf(executable) ?? (exe === null ? null : runtimeOf(plainName(exe)));
  const parsed =
    runtime === null || title !== null ? noScript(rest) : parseArguments(runtime, rest);
  return { executable, runtime, ...parsed, title, argv };
};

const noScript = (words: readonly string[]) => ({
  runtimeArguments: [],
  script: null,
  module: null,
  jar: null,
  words,
});

/**
 * A title is one element that can't be a path: setproctitle(3) and Node's `process.title` overwrite
 * the arguments. A slash alone settles nothing: Chromium does the same to a path with options, Redis
 * to a path with an address (`/usr/bin/redis-server *:6379`).
 */
const titleOf = (argv: readonly string[], exe: string | null): string | null => {
  const text = argv.length === 1 ? (argv[0] ?? '').trim() : '';
  if (!/[\s:]/.test(text) || argv[0] === exe || /^[A-Za-z]:[\\/]/.test(text)) {
    return null;
  }
  return text.startsWith('/') && !/\s(?:-|\S*:\d+(?:\s|$))/.test(text) ? null : text;
};

/** `nginx:` of `nginx: master process` is `nginx`. */
const firstWord = (text: string): string =>
  text.startsWith('/') ? text : text.replace(/:.*$/s, '');

/** Drops `env`, its options and assignments: env(1) replaces itself by the command. */
const withoutEnv = (argv: readonly string[]): readonly string[] => {
  if (baseName(argv[0] ?? '') !== 'env') {
    return argv;
  }
  const valued = new Set(['-u', '--unset', '-C', '--chdir']);
  let at = 1;
  while (at < argv.length && /^-|^[A-Za-z_]\w*=/.test(argv[at] ?? '')) {
    at += valued.has(argv[at] ?? '') ? 2 : 1;
  }
  return at < argv.length ? argv.slice(at) : argv;
};

const executableName = (head: string, exe: string | null, comm: string): string => {
  const candidates = [plainName(head), plainName(exe ?? ''), firstWord(comm).split(' ')[0] ?? ''];
  return candidates.find((name) => name !== '')?.toLowerCase() ?? '';
};

/** The base name, lower case, without a login shell's `-` and Windows' `.exe`. */
const plainName = (path: string): string =>
  baseName(path.replace(/^-(?=.)/, ''))
    .toLowerCase()
    .replace(/\.exe$/, '');
