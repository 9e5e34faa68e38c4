import { baseName } from './base-name.ts';
import type { Command, Runtime } from './command.ts';
import { operandIndex, options } from './option-scan.ts';

/** What an interpreter's arguments say: its own options, what it runs, and the words for that. */
export type Parsed = Pick<Command, 'runtimeArguments' | 'script' | 'module' | 'jar' | 'words'>;

type Arguments = readonly string[];

/**
 * Splits the arguments after an interpreter's name by that interpreter's own rules. Never throws.
 */
export const parseArguments = (runtime: Runtime, args: Arguments): Parsed => parsers[runtime](args);

/**
 * The runtime that an executable's base name (lower case, without `.exe`) stands for; null for a
 * program of its own.
 */
export const runtimeOf = (name: string): Runtime | null =>
  exactRuntimes.get(name) ?? versionedRuntimes.find(([pattern]) => pattern.test(name))?.[1] ?? null;

const exactRuntimes: ReadonlyMap<string, Runtime> = new Map<string, Runtime>([
  ...['node', 'nodejs', 'iojs'].map((name) => [name, 'node'] as const),
  ...['bun', 'bunx'].map((name) => [name, 'bun'] as const),
  ...['java', 'javaw'].map((name) => [name, 'java'] as const),
  ...['beam', 'beam.smp'].map((name) => [name, 'erlang'] as const),
  ...['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'mksh', 'fish', 'csh', 'tcsh', 'rbash'].map(
    (name) => [name, 'shell'] as const,
  ),
  ['deno', 'deno'],
  ['dotnet', 'dotnet'],
]);

const versionedRuntimes: readonly (readonly [RegExp, Runtime])[] = [
  [/^(?:python|pypy)\d*(?:\.\d+)*(?:-dbg|t|w)?$/, 'python'],
  [/^(?:j|truffle)?ruby\d*(?:\.\d+)*$/, 'ruby'],
  [/^php\d*(?:\.\d+)*(?:[-.]c[lg]i)?$/, 'php'],
  [/^perl\d*(?:\.\d+)*$/, 'perl'],
  [/^node-?\d+$/, 'node'],
];

/** node(1). Options with a value of their own; every other option takes it after `=` only. */
const nodeValued = options(`
  -r --require --import --loader --experimental-loader -C --conditions -e --eval -p --print -pe
  --run --title --env-file --input-type --env-file-if-exists --watch-path --icu-data-dir
  --openssl-config --inspect-port --debug-port --redirect-warnings --diagnostic-dir
  --dns-result-order
`);
const nodeCode = options('-e --eval -p --print -pe --run --test');

const parseNode = (args: Arguments): Parsed => {
  const at = operandIndex(args, nodeValued);
  const parsed = split(args, at, !args.slice(0, at).some((option) => nodeCode.has(option)));
  return parsed.script === 'inspect'
    ? split(args, at + 1)
    : unwrapped(parsed, /^ts-node(?:-esm|-transpile-only)?$/, tsNodeValued);
};
const tsNodeValued = options('-P --project -r --require -O --compiler-options');

/** `deno run x.ts`, `deno serve x.ts`, `deno x.ts`; `deno task dev` names no script. */
const parseDeno = (args: Arguments): Parsed => {
  const first = operandIndex(args, denoValued);
  const command = args[first];
  return command === 'run' || command === 'serve'
    ? split(args, operandIndex(args, denoValued, undefined, first + 1))
    : split(args, first, looksLikeFile(command));
};
const denoValued = options('-c --config --import-map -L --log-level --port --host --cert');

/**
 * `bun run x.ts`, `bun x.ts`; `bun run dev` runs a script of package.json in a child and names no
 * file.
 */
const parseBun = (args: Arguments): Parsed => {
  const first = operandIndex(args, bunValued);
  const at = args[first] === 'run' ? operandIndex(args, bunValued, undefined, first + 1) : first;
  return looksLikeFile(args[at]) ? split(args, at) : split(args, first, false);
};
const bunValued = options('-r --preload -c --config --cwd --filter -d --define --port');

/** python(1): one-letter options may be joined, `-m` and `-c` end the list. */
const parsePython = (args: Arguments): Parsed => {
  const parsed = plainPython(args);
  const name = parsed.module ?? (parsed.script === null ? '' : baseName(parsed.script));
  if (name !== 'debugpy' || !parsed.words.some((word) => !word.startsWith('-'))) {
    return parsed;
  }
  const at = operandIndex(
    parsed.words,
    debugpyValued,
    (option) => option === '-m' || option === '-c',
  );
  const inner = plainPython(parsed.words.slice(at));
  const outer = args.slice(0, args.length - parsed.words.length + at);
  return inner.script === null && inner.module === null
    ? parsed
    : { ...inner, runtimeArguments: [...outer, ...inner.runtimeArguments] };
};

/** debugpy's own options, https://github.com/microsoft/debugpy/wiki/Command-Line-Reference. */
const debugpyValued = options(`
  --listen --connect --log-to --pid --adapter-access-token --configure-qt --configure-subProcess
  --parent-session-pid
`);

const plainPython = (args: Arguments): Parsed => {
  let at = 0;
  while (at < args.length) {
    const option = args[at] ?? '';
    if (!/^-./.test(option)) return split(args, at);
    const [, letter = '', joined = ''] = /^-[^-mcWXQ]*([mcWXQ])(.*)$/s.exec(option) ?? [];
    if (letter === 'm') return pythonModule(args, at, joined);
    const apart = letter === '' ? option === '--check-hash-based-pycs' : joined === '';
    at += apart ? 2 : 1;
    if (letter === 'c') return split(args, at, false);
  }
  return split(args, args.length);
};

/** `-m flask run` or `-mflask run` at index `at`. */
const pythonModule = (args: Arguments, at: number, joined: string): Parsed => ({
  runtimeArguments: args.slice(0, at),
  script: null,
  module: joined || (args[at + 1] ?? null),
  jar: null,
  words: args.slice(joined === '' ? at + 2 : at + 1),
});

/** ruby(1); `bundle exec rails s` replaces itself by what it runs. */
const parseRuby = (args: Arguments): Parsed => {
  const at = operandIndex(args, rubyValued);
  const parsed = split(args, at, !args.slice(0, at).includes('-e'));
  const bundled = parsed.words[0] === 'exec' || parsed.words[0] === 'e';
  return bundled ? unwrapped({ ...parsed, words: parsed.words.slice(1) }, /^bundler?$/) : parsed;
};
const rubyValued = options('-r -I -C -E -e');

/** php(1): `-S address` serves, with the router script, if any, as the operand. */
const parsePhp = (args: Arguments): Parsed => {
  const at = operandIndex(args, phpValued, (option) => ['-f', '--file', '-F'].includes(option));
  const named = args[at]?.startsWith('-') === true;
  return split(args, named ? at + 1 : at, !args.slice(0, at).includes('-r'));
};
const phpValued = options('-d -c -S -t -r -B -R -E -z');

/** java(1): the main class, `-m module`, or `-jar file`; options are long with one dash. */
const parseJava = (args: Arguments): Parsed => {
  const at = operandIndex(args, javaValued, (option) =>
    ['-jar', '-m', '--module'].includes(option),
  );
  const named = args[at]?.startsWith('-') === true;
  const runtimeArguments = args.slice(0, at);
  const name = args[named ? at + 1 : at] ?? null;
  const words = args.slice(named ? at + 2 : at + 1);
  const isJar = args[at] === '-jar';
  return {
    runtimeArguments,
    script: null,
    module: isJar ? null : name,
    jar: isJar ? name : null,
    words,
  };
};
const javaValued = options(`
  -cp -classpath --class-path -p --module-path --upgrade-module-path --add-opens --add-exports
  --add-modules --add-reads --patch-module --limit-modules --enable-native-access --source
`);

/** `dotnet app.dll`, `dotnet exec app.dll`; `dotnet run` and `dotnet watch` name no file. */
const parseDotnet = (args: Arguments): Parsed => {
  const first = operandIndex(args, dotnetValued);
  const at =
    args[first] === 'exec' ? operandIndex(args, dotnetValued, undefined, first + 1) : first;
  return split(args, at, args[at]?.toLowerCase().endsWith('.dll') === true);
};
const dotnetValued = options(`
  --depsfile --runtimeconfig --additionalprobingpath --fx-version
`);

const parsePerl = (args: Arguments): Parsed => {
  const at = operandIndex(args, perlValued);
  return split(args, at, !args.slice(0, at).some((option) => /^-\w*[eE]$/.test(option)));
};
const perlValued = options('-e -E -I -ne -pe -le -we -lne -nle -lane');

/**
 * erl(1): everything before `-extra` is the emulator's; elixir(1) puts its script behind it, after
 * `-S`.
 */
const parseErlang = (args: Arguments): Parsed => {
  const extra = args.lastIndexOf('-extra');
  if (extra < 0) {
    return split(args, args.length);
  }
  const at = args.findIndex((word, index) => index > extra && !word.startsWith('-'));
  return split(args, at < 0 ? args.length : at);
};

/** sh(1): `-c` makes the next operand a command, not a script. */
const parseShell = (args: Arguments): Parsed => {
  const at = operandIndex(args, shellValued);
  return split(args, at, !args.slice(0, at).some((option) => /^-[a-z]*[cs]/.test(option)));
};
const shellValued = options('-o +o -O +O --rcfile --init-file');

const parsers: Readonly<Record<Runtime, (args: Arguments) => Parsed>> = {
  node: parseNode,
  deno: parseDeno,
  bun: parseBun,
  python: parsePython,
  ruby: parseRuby,
  php: parsePhp,
  java: parseJava,
  dotnet: parseDotnet,
  perl: parsePerl,
  erlang: parseErlang,
  shell: parseShell,
};

/** Options before `at`, the script there if there is to be one, words after it. */
const split = (args: Arguments, at: number, isScript = true): Parsed => ({
  runtimeArguments: args.slice(0, at).filter((argument) => argument !== '--'),
  script: isScript ? (args[at] ?? null) : null,
  module: null,
  jar: null,
  words: args.slice(isScript ? at + 1 : at),
});

/** Puts what a wrapper runs in its own process in the wrapper's place. */
const unwrapped = (parsed: Parsed, wrapper: RegExp, valued = options('')): Parsed => {
  if (parsed.script === null || !wrapper.test(baseName(parsed.script).replace(/\.[cm]?js$/, ''))) {
    return parsed;
  }
  const inner = split(parsed.words, operandIndex(parsed.words, valued));
  const runtimeArguments = [...parsed.runtimeArguments, parsed.script, ...inner.runtimeArguments];
  return inner.script === null ? parsed : { ...inner, runtimeArguments };
};

/** `src/x.ts`, `npm:vite`, `https://…`: a file or a specifier, not the name of a task. */
const looksLikeFile = (word: string | undefined): boolean =>
  word !== undefined && /[./:]/.test(word);
