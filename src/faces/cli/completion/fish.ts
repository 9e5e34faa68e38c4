import type { CommandLine, Flag, Verb } from '../verb.ts';

/** The completion script for fish (`complete` in fish's manual). */
export const fishCompletion = ({ verbs, globalFlags }: CommandLine): string => `\
complete -c homeport -f
${verbs.map(({ name, summary }) => `complete -c homeport -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`).join('\n')}
complete -c homeport -n __fish_use_subcommand -k -a '(homeport completion ports 2>/dev/null)'
${globalFlags.map((flag) => flagLine(flag, null)).join('\n')}
${verbs.map(verbLines).join('\n')}
`;

const verbLines = (verb: Verb): string => {
  const { name, flags, positional } = verb;
  const condition = `__fish_seen_subcommand_from ${name}`;
  const words = positional?.words ?? [];
  return [
    ...flags.map((flag) =>
      flagLine(
        flag,
        name === 'ls' ? '__fish_use_subcommand; or __fish_seen_subcommand_from ls' : condition,
      ),
    ),
    ...(words.length === 0
      ? []
      : [`complete -c homeport -n ${quote(condition)} -a ${quote(words.join(' '))}`]),
    ...(positional?.ports === true
      ? [
          `complete -c homeport -n ${quote(condition)} -k -a '(homeport completion ports 2>/dev/null)'`,
        ]
      : []),
  ].join('\n');
};

const flagLine = (
  { name, short, kind, description, words = [] }: Flag,
  condition: string | null,
): string =>
  [
    'complete -c homeport',
    condition === null ? '' : `-n ${quote(condition)}`,
    short === null ? '' : `-s ${short}`,
    `-l ${name}`,
    kind === 'boolean' ? '' : kind === 'file' ? '-r -F' : '-x',
    words.length === 0 ? '' : `-a ${quote(words.join(' '))}`,
    `-d ${quote(description)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`;
