import { exitCodes } from '../src/faces/cli/help.ts';
import type { CommandLine, Flag, Verb } from '../src/faces/cli/verb.ts';

/** Makes homeport(1) as man(7) source. `version` stands in its footer. */
export const manPage = ({ verbs, globalFlags }: CommandLine, version: string): string =>
  [
    `.TH HOMEPORT 1 "" "homeport ${roff(version)}" "User Commands"`,
    ...section('NAME', [String.raw`homeport \- the workbench for localhost`]),
    ...section('SYNOPSIS', synopsis(verbs)),
    ...section('DESCRIPTION', description.map(source)),
    ...section('VERBS', verbs.flatMap(verbLines)),
    ...section('OPTIONS OF EVERY VERB', globalFlags.flatMap(flagLines)),
    ...section(
      'EXIT STATUS',
      exitCodes.flatMap(([code, says]) => tagged(code, says)),
    ),
    ...section(
      'ENVIRONMENT',
      environment.flatMap(([name, says]) => tagged(name, says)),
    ),
    ...section(
      'EXAMPLES',
      verbs
        .flatMap(({ examples }) => examples)
        .flatMap(({ command, does }) => tagged(command, does)),
    ),
    ...section('SEE ALSO', [
      String.raw`.BR ss (8),`,
      String.raw`.BR lsof (8),`,
      String.raw`.BR ip (8)`,
    ]),
    '',
  ].join('\n');

const description = [
  'Homeport lists what listens on this machine and explains any local endpoint: what it is,',
  'whose it is, why it runs, who talks to it, and who can reach it.',
  '.PP',
  'Without a verb it lists; with one word that is no verb it explains that word.',
  'Listing is passive. Explaining asks the endpoint that was named what it speaks, and no other.',
  'What this user may not see is said, never left out; root sees more.',
];

const environment: readonly (readonly [string, string])[] = [
  ['NO_COLOR', 'Set and not empty: no colours.'],
  ['FORCE_COLOR', 'Set: colours, unless it is 0 or false.'],
  [
    'HOMEPORT_PROC',
    'A folder to read in the place of /proc; the rest of a machine hangs beside it.',
  ],
  [
    'HOMEPORT_NO_FFI',
    '1: no native code is loaded; /proc/net is read, and what that lacks is said.',
  ],
  [
    'HOMEPORT_STATE',
    'The folder that leases are kept in; else homeport below XDG_STATE_HOME or ~/.local/state.',
  ],
  ['HOMEPORT_DEBUG', '1: an error shows where it was thrown.'],
];

const section = (title: string, lines: readonly string[]): string[] => [`.SH ${title}`, ...lines];

const synopsis = (verbs: readonly Verb[]): string[] =>
  ['homeport', ...verbs.map(({ name }) => `homeport ${name}`)].flatMap((words, index) => {
    const positional = verbs[index - 1]?.positional ?? null;
    const rest = positional === null ? '' : ` ${usage(positional)}`;
    return [...(index === 0 ? [] : ['.br']), `.B ${words}`, ...(rest === '' ? [] : [rest.trim()])];
  });

const usage = ({ name, required, repeated }: NonNullable<Verb['positional']>): string => {
  const words = String.raw`\fI${roff(name)}\fR${repeated ? '...' : ''}`;
  return required ? words : `[${words}]`;
};

const verbLines = ({
  name,
  summary,
  description: paragraphs,
  positional,
  flags,
}: Verb): string[] => [
  `.SS ${roff(name)}`,
  `${roff(summary)}.`,
  ...paragraphs.flatMap((paragraph) => ['.PP', roff(paragraph)]),
  ...(positional === null ? [] : tagged(positional.name, positional.description)),
  ...flags.flatMap(flagLines),
];

const flagLines = ({ name, short, placeholder, description: says }: Flag): string[] => {
  const names = [...(short === null ? [] : [`-${short}`]), `--${name}`].map(roff).join(', ');
  const value = placeholder === null ? '' : String.raw` \fI${roff(placeholder)}\fR`;
  return ['.TP', String.raw`\fB${names}\fR${value}`, `${roff(says)}.`];
};

const tagged = (name: string, says: string): string[] => [
  '.TP',
  String.raw`\fB${roff(name)}\fR`,
  /[.?!]$/.test(says) ? roff(says) : `${roff(says)}.`,
];

/** A line of source: a request as it is, text as roff reads it back. */
const source = (text: string): string => (text.startsWith('.') ? text : roff(text));

/** Text as roff reads it back: backslashes, dashes, and a leading dot or quote are not requests. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll('…', '...')
    .replaceAll("'", String.raw`\(aq`)
    .replace(/^\./, String.raw`\&.`);
