import { line, pad, span, type Line } from './text/line.ts';
import { wrap } from './text/wrap.ts';
import type { CommandLine, Example, Flag, Verb } from './verb.ts';

/** The help of `homeport` itself: its verbs, what a target is, the flags of all verbs, exit codes. */
export const overview = ({ verbs, globalFlags }: CommandLine, columns: number): Line[] => [
  ...wrap(
    line(
      'Homeport says what listens on this machine, whose it is, why it runs, and why connecting to it fails.',
    ),
    columns,
  ),
  [],
  ...part('usage', [
    [span('homeport'), span('                     all that listens', 'dim')],
    [span('homeport TARGET'), span('              what that endpoint is', 'dim')],
    [span('homeport VERB [FLAGS] [WORDS]')],
  ]),
  ...part(
    'verbs',
    entries(
      verbs.map(({ name, summary }) => [name, summary]),
      columns,
    ),
  ),
  ...part(
    'examples',
    exampleLines(
      verbs.flatMap(({ examples }) => examples.slice(0, 2)),
      columns,
    ),
  ),
  ...part('flags of every verb', flagLines(globalFlags, columns)),
  ...part('exit codes', entries(exitCodes, columns)).slice(0, -1),
];

/** The help of one verb. */
export const helpOf = (verb: Verb, globalFlags: readonly Flag[], columns: number): Line[] => {
  const { name, summary, description, positional, flags, examples } = verb;
  return [
    ...wrap([span(`homeport ${name}`, 'strong'), span(`  ${summary}`)], columns, 2),
    [],
    ...part('usage', [line(usageOf(verb))]),
    ...description.flatMap((paragraph) => [...wrap(line(paragraph), columns), []]),
    ...(positional === null
      ? []
      : part('words', entries([[positional.name, positional.description]], columns))),
    ...part('flags', flagLines(flags, columns)),
    ...part('flags of every verb', flagLines(globalFlags, columns)),
    ...part('examples', exampleLines(examples, columns)).slice(0, -1),
  ];
};

/** `homeport ls [FLAGS] [FILTER…]` */
export const usageOf = ({ name, positional, flags }: Verb): string => {
  const words =
    positional === null ? '' : positional.repeated ? `${positional.name}…` : positional.name;
  const shown = words === '' || positional?.required === true ? words : `[${words}]`;
  return ['homeport', name, flags.length === 0 ? '' : '[FLAGS]', shown].filter(Boolean).join(' ');
};

/** `-i, --interval SECONDS` */
export const flagUsage = ({ name, short, placeholder }: Flag): string =>
  [short === null ? `    --${name}` : `-${short}, --${name}`, placeholder]
    .filter(Boolean)
    .join(' ');

/** Exit code → what it says. */
export const exitCodes: readonly (readonly [string, string])[] = [
  ['0', 'answered'],
  ['1', 'answered, and something is wrong; or the answer could not be written'],
  ['2', 'the input is not valid'],
  ['3', 'not permitted'],
  ['4', 'refused for safety'],
  ['70', 'a fault of Homeport itself'],
];

/** A heading and indented lines, a blank line after them; nothing for no lines. */
const part = (heading: string, lines: readonly Line[]): Line[] =>
  lines.length === 0
    ? []
    : [line(heading, 'heading'), ...lines.map((one): Line => [span('  '), ...one]), []];

const flagLines = (flags: readonly Flag[], columns: number): Line[] =>
  entries(
    flags.map((flag) => [flagUsage(flag), flag.description]),
    columns,
  );

/** Two columns, the second wrapped. `columns` is the room with the margin of 2. */
const entries = (rows: readonly (readonly [string, string])[], columns: number): Line[] => {
  const width = Math.max(0, ...rows.map(([name]) => name.length)) + 2;
  return rows.flatMap(([name, text]) =>
    wrap(line(text), Math.max(20, columns - 2 - width)).map((one, index): Line => [
      ...pad([span(index === 0 ? name : '', 'strong')], width),
      ...one,
    ]),
  );
};

const exampleLines = (examples: readonly Example[], columns: number): Line[] => {
  const width = Math.max(0, ...examples.map(({ command }) => command.length)) + 2;
  return examples.map(({ command, does }): Line => {
    const fits = width + does.length <= columns - 2;
    return [...pad([span(command)], fits ? width : 0), span(`${fits ? '' : '  '}${does}`, 'dim')];
  });
};
