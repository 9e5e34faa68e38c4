import { lastPort } from '../model/port.ts';
import { expand, type Variables } from './port-format.ts';

/** A port that a command line asks for; `assumed`: its program's default. */
export type CommandPort = {
  readonly port: number;
  readonly address: string | null;
  readonly assumed: boolean;
};

/**
 * The ports that a shell's command line wants, each simple command by itself: `PORT=3000 node .`,
 * `--port 3000`, `-p 3000` of programs that mean a port by it, `runserver 0.0.0.0:8000`, and the
 * default of a development server that is told none. Best effort: what it can't read wants nothing.
 */
export const commandPorts = (command: string, variables: Variables): readonly CommandPort[] =>
  expand(command, variables)
    .split(/&&|\|\||[;&|"'`\n]/)
    .flatMap((simple) => portOf(simple.trim()) ?? []);

const portOf = (simple: string): CommandPort | null => {
  const words = simple.split(/\s+/).filter((word) => word !== '');
  const program = programOf(words);
  return told(simple, program) ?? defaultOf(program, words);
};

/** The program without its folder, its runner and what is set before it. */
const programOf = (words: readonly string[]): string =>
  words
    .find((word) => !/^\w+=/.test(word) && !runners.has(word) && !word.startsWith('-'))
    ?.replace(/^.*\//, '') ?? '';

const runners: ReadonlySet<string> = new Set([
  'npx',
  'bunx',
  'pnpm',
  'yarn',
  'bun',
  'exec',
  'dlx',
  'cross-env',
  'env',
  'dotenv',
  'sudo',
  'bundle',
  'poetry',
  'uv',
  'run',
]);

const told = (simple: string, program: string): CommandPort | null => {
  for (const pattern of [...always, ...(shortFlag[program] ?? [])]) {
    const { address = null, port } = pattern.exec(simple)?.groups ?? {};
    if (port !== undefined && Number(port) >= 1 && Number(port) <= lastPort) {
      return { port: Number(port), address: addressOf(address), assumed: false };
    }
  }
  return null;
};

const addressOf = (text: string | null): string | null => {
  if (text === null || text === 'localhost') return null;
  return text === '' || text === '*' ? '0.0.0.0' : text;
};

/** What means a port whatever the program. */
const always: readonly RegExp[] = [
  /(?:^|\s)--(?:port|http-port|server-port|dev-port)(?:=|\s+)(?<port>\d{1,5})(?!\S)/,
  /(?:^|\s)(?:export\s+)?PORT=(?<port>\d{1,5})(?!\S)/,
  /\brunserver\s+(?:(?<address>[\w.*-]*):)?(?<port>\d{1,5})(?!\S)/,
  /\bhttp\.server\s+(?<port>\d{1,5})(?!\S)/,
  /\bphp\b.*\s-S\s*(?<address>[\w.*-]*):(?<port>\d{1,5})(?!\S)/,
  /(?:^|\s)(?:-b|--bind|--listen)(?:=|\s+)(?:tcp:\/\/)?(?<address>[\w.*-]*):(?<port>\d{1,5})(?!\S)/,
];

const dashP = /(?:^|\s)-[pP](?:=|\s*)(?<port>\d{1,5})(?!\S)/;
const dashL = /(?:^|\s)-l(?:=|\s+)(?:tcp:\/\/)?(?:(?<address>[\w.*-]+):)?(?<port>\d{1,5})(?!\S)/;

/** Programs whose `-p` or `-l` is a port; `mkdir -p` and `tsc -p` are no such. */
const shortFlag: Readonly<Record<string, readonly RegExp[]>> = {
  next: [dashP],
  nuxt: [dashP],
  gatsby: [dashP],
  storybook: [dashP],
  'start-storybook': [dashP],
  'http-server': [dashP],
  'json-server': [dashP],
  serve: [dashL, dashP],
  rails: [dashP],
  puma: [dashP],
  flask: [dashP],
  hugo: [dashP],
  docusaurus: [dashP],
};

/** Of development servers: what they run for, and the port they then take. */
const defaults: Readonly<Record<string, readonly (readonly [RegExp, number])[]>> = {
  vite: [
    [/\bvite\s+preview\b/, 4173],
    [/\bvite(?!\S)(?!\s+(?:build|optimize))/, 5173],
  ],
  next: [[/\bnext\s+(?:dev|start)\b/, 3000]],
  nuxt: [[/\bnuxi?\s+(?:dev|start|preview)\b/, 3000]],
  astro: [[/\bastro\s+(?:dev|preview|start)\b/, 4321]],
  ng: [[/\bng\s+serve\b/, 4200]],
  'react-scripts': [[/\breact-scripts\s+start\b/, 3000]],
  gatsby: [[/\bgatsby\s+develop\b/, 8000]],
  storybook: [[/\bstorybook\s+dev\b/, 6006]],
};

const defaultOf = (program: string, words: readonly string[]): CommandPort | null => {
  const simple = words.join(' ');
  const found = defaults[program]?.find(([pattern]) => pattern.test(simple));
  return found === undefined ? null : { port: found[1], address: null, assumed: true };
};
