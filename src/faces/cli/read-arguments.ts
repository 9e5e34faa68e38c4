import { parseArgs } from 'node:util';
import { invalidInput } from '../../model/error.ts';
import { commandLine } from './generated/verbs.ts';
import type { Invocation } from './invocation.ts';
import { parseDuration } from './parse-duration.ts';
import type { Flag, Verb } from './verb.ts';
import { nearest } from '../../model/nearest.ts';

/**
 * Reads the words after `homeport`. A first word that is no verb is a target to explain; none at
 * all means `ls`. Throws invalid input for a flag that the verb does not take, for a value that
 * can't be right and for too many words, with what was probably meant.
 */
export const readArguments = (argv: readonly string[]): Invocation => {
  const { tokens } = parseArgs({
    args: [...argv],
    options: parserOptions,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const named = commandLine.verbs.find((verb) => verb.name === words[0]);
  const verb = named ?? verbNamed(words.length === 0 ? 'ls' : 'explain');
  const flags = new Map<string, true | string | number>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = flagFor(token.rawName, token.name, verb);
    flags.set(flag.name, valueOf(flag, token.rawName, token.value));
  }
  const positionals = named === undefined ? words : words.slice(1);
  const invocation = { verb: verb.name, typed: named !== undefined, positionals, flags };
  if (!flags.has('help')) checkPositionals(invocation, verb);
  return invocation;
};

/** The verb of that name; a name that is not in the metadata is a fault of ours. */
export const verbNamed = (name: string): Verb => {
  const verb = commandLine.verbs.find((candidate) => candidate.name === name);
  if (verb === undefined) throw new Error(`no verb is called ${name}`);
  return verb;
};

/** The error for a first word that is not a verb, with the nearest one where there is one. */
export const unknownVerb = (word: string): Error => {
  const names = commandLine.verbs.map(({ name }) => name);
  const meant = nearest(word, names);
  return invalidInput(
    `no verb is called ${word}`,
    meant === null ? `verbs are ${names.join(', ')}` : `did you mean homeport ${meant}?`,
  );
};

const allFlags: readonly Flag[] = [
  ...commandLine.globalFlags,
  ...commandLine.verbs.flatMap(({ flags }) => flags),
];

const parserOptions = Object.fromEntries(
  allFlags.map(({ name, short, kind }) => [
    name,
    {
      type: kind === 'boolean' ? ('boolean' as const) : ('string' as const),
      ...(short === null ? {} : { short }),
    },
  ]),
);

const flagFor = (typed: string, name: string, verb: Verb): Flag => {
  const own = [...verb.flags, ...commandLine.globalFlags];
  const flag = own.find((candidate) => candidate.name === name);
  if (flag !== undefined) return flag;
  const others = commandLine.verbs.filter(({ flags }) =>
    flags.some((other) => other.name === name),
  );
  if (others.length > 0) {
    const takers = others.map((other) => other.name).join(', ');
    throw invalidInput(`${verb.name} has no ${typed}: it belongs to ${takers}`, helpHint(verb));
  }
  const meant = nearest(
    name,
    own.map((candidate) => candidate.name),
  );
  throw invalidInput(
    `${verb.name} has no flag ${typed}`,
    meant === null ? helpHint(verb) : `did you mean --${meant}?`,
  );
};

const helpHint = ({ name }: Verb): string => `homeport ${name} --help lists its flags`;

const valueOf = (flag: Flag, typed: string, value: string | undefined): true | string | number => {
  if (flag.kind === 'boolean') {
    if (value === undefined) return true;
    throw invalidInput(`${typed} takes no value`, `write ${typed} alone`);
  }
  if (flag.kind === 'duration' && value !== undefined && /^-[\d.]/.test(value)) {
    throw invalidInput(`${typed} can't be negative: ${value}`, `write ${typed} ${value.slice(1)}`);
  }
  if (value === undefined || value === '' || (value.startsWith('-') && value !== '-')) {
    throw invalidInput(`${typed} needs a value`, `write ${typed} ${flag.placeholder ?? 'VALUE'}`);
  }
  return flag.kind === 'duration' ? parseDuration(value, typed, flag) : value;
};

const checkPositionals = ({ typed, positionals }: Invocation, verb: Verb): void => {
  const [first] = positionals;
  const most = verb.positional === null ? 0 : verb.positional.repeated ? Infinity : 1;
  if (positionals.length > most) {
    if (!typed && first !== undefined && /^\p{L}/u.test(first)) throw unknownVerb(first);
    throw most === 0
      ? invalidInput(`${verb.name} takes no ${first ?? ''}`, helpHint(verb))
      : invalidInput(
          `${verb.name} takes one ${verb.positional?.name ?? 'word'}, not ${positionals.length}`,
          positionals.every((word) => /^\d+$/.test(word))
            ? `homeport ls ${positionals.join(' ')} lists each`
            : 'put a target that has blanks into quotes',
        );
  }
  if (verb.positional?.required === true && first === undefined) {
    throw invalidInput(`${verb.name} needs ${withArticle(verb.positional.name)}`, helpHint(verb));
  }
};

const withArticle = (word: string): string => `${/^[AEIOU]/.test(word) ? 'an' : 'a'} ${word}`;
