/** Where script(1) of util-linux was told to write. */
export type ScriptArguments = {
  /** The name of the file that takes what the terminal shows. */
  readonly output: string;
  /** The names of files that take other things: timing, what was typed. */
  readonly others: readonly string[];
};

/** Options with a value, as getopt_long(3) of script.c has them; `t` takes one only when attached. */
const outputOptions: ReadonlySet<string> = new Set(['O', 'B', 'log-out', 'log-io']);
const otherFileOptions: ReadonlySet<string> = new Set(['I', 'T', 'log-in', 'log-timing']);
const otherOptions: ReadonlySet<string> = new Set(
  'c E m o command echo logging-format output-limit'.split(' '),
);
const attachedOnly: ReadonlySet<string> = new Set(['t', 'timing']);

/** Reads the command line of script(1); without a file it writes `typescript`. */
export const scriptArguments = (argv: readonly string[]): ScriptArguments => {
  const named: string[] = [];
  const others: string[] = [];
  const operands: string[] = [];
  const words = argv.slice(1);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') break;
    const option = optionOf(word);
    if (option === null) {
      operands.push(word);
      continue;
    }
    const value = option.value ?? (takesNext(option.name) ? (words.shift() ?? '') : '');
    if (outputOptions.has(option.name)) named.push(value);
    else if (otherFileOptions.has(option.name) || attachedOnly.has(option.name)) others.push(value);
  }
  return {
    output: named[0] ?? operands[0] ?? 'typescript',
    others: others.filter((name) => name !== ''),
  };
};

type Option = { readonly name: string; readonly value: string | null };

const takesNext = (name: string): boolean =>
  outputOptions.has(name) || otherFileOptions.has(name) || otherOptions.has(name);

/** The option of a word that has a value, or any of it; null: the word is an operand. */
const optionOf = (word: string): Option | null => {
  if (word.startsWith('--')) {
    const [name = '', ...value] = word.slice(2).split('=');
    return { name, value: value.length === 0 ? null : value.join('=') };
  }
  if (!word.startsWith('-') || word === '-') return null;
  const letters = word.slice(1);
  const at = letters.split('').findIndex((letter) => takesNext(letter) || attachedOnly.has(letter));
  if (at === -1) return { name: letters.slice(0, 1), value: null };
  const value = letters.slice(at + 1);
  return { name: letters.charAt(at), value: value === '' ? null : value };
};
