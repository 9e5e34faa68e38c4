import { isKnown } from '../model/known.ts';
import type { Process } from '../model/process.ts';
import { baseName } from './base-name.ts';
import type { Command } from './command.ts';
import type { ChainProcess, OriginFacts } from './origin.ts';
import { agentName, editorName, isSessionCarrier, shells } from './origin-names.ts';

/** A process of the chain that a detector found, and its index. */
export type Ancestor = { readonly at: number; readonly link: ChainProcess };

/**
 * What a process was started as: its names (lower case), the words after them, and which editor or
 * AI agent that is. `carrier`: people start programs of their own below it.
 */
export type Launch = {
  readonly names: readonly string[];
  readonly words: readonly string[];
  readonly editor: string | null;
  readonly agent: string | null;
  readonly carrier: boolean;
};

/** The nearest process of the chain that `matches`, from index `from` (1: the owner's parent) upwards. */
export const findAncestor = (
  facts: OriginFacts,
  matches: (link: ChainProcess) => boolean,
  from = 1,
): Ancestor | null => {
  for (let at = from; at < facts.chain.length; at += 1) {
    const link = facts.chain[at];
    if (link !== undefined && matches(link)) return { at, link };
  }
  return null;
};

/** The nearest process of the chain that was started under one of `names` (lower case). */
export const findNamed = (
  facts: OriginFacts,
  names: ReadonlySet<string>,
  from = 1,
): (Ancestor & { readonly name: string }) | null => {
  const found = findAncestor(facts, (link) => nameAmong(link, names) !== null, from);
  return found && { ...found, name: nameAmong(found.link, names) ?? '' };
};

/**
 * As `findNamed`, from the owner's parent up to where a session begins: a supervisor above an ssh
 * server or an editor keeps that one running, not what people started in it.
 */
export const findStarter = (
  facts: OriginFacts,
  names: ReadonlySet<string>,
): (Ancestor & { readonly name: string }) | null => {
  const found = findNamed(facts, names);
  const session = sessionIn(facts);
  return found !== null && session !== null && found.at > session.at ? null : found;
};

/**
 * The nearest process above the owner that people or agents start programs from: a terminal
 * multiplexer, a terminal, an ssh server, an editor, a desktop, an agent or an interactive shell.
 */
export const sessionIn = (facts: OriginFacts): Ancestor | null => {
  const known = sessions.get(facts);
  if (known !== undefined) return known;
  const session = findAncestor(facts, startsSession);
  sessions.set(facts, session);
  return session;
};

/** Whether a process is a shell at a terminal that runs neither a script nor a `-c` command. */
export const isInteractiveShell = (link: ChainProcess): boolean =>
  link.process.tty !== 0 &&
  link.command.script === null &&
  nameAmong(link, shells) !== null &&
  !link.command.argv.slice(1).some((word) => /^-[a-z]*c$/.test(word));

/** The name among `names` that a process was started under; null where it is none of them. */
export const nameAmong = (link: ChainProcess, names: ReadonlySet<string>): string | null =>
  launchOf(link.command).names.find((name) => names.has(name)) ?? null;

/**
 * What a process was started as. An interpreter steps back behind what it runs: `node
 * /x/nodemon.js a.js` is `nodemon` with the word `a.js`.
 */
export const launchOf = (command: Command): Launch => {
  const known = launches.get(command);
  if (known !== undefined) return known;
  const names = namesOf(command);
  const editor = editorName(names, command.argv);
  const agent = agentName(names, command.argv);
  const carrier = editor !== null || isSessionCarrier(names);
  const launch = { names, words: command.words, editor, agent, carrier };
  launches.set(command, launch);
  return launch;
};

/**
 * A variable as the owner has it, with the topmost process of the chain that it came down from.
 * null where the owner does not have it, and where it came down through a terminal multiplexer, a
 * terminal, an editor or an ssh server: it then tells who started that one, not this process.
 */
export const inheritedVariable = (
  facts: OriginFacts,
  name: string,
): (Ancestor & { readonly value: string }) | null => {
  const [owner] = facts.chain;
  const value = owner === undefined ? undefined : environmentOf(owner)[name];
  if (owner === undefined || value === undefined) return null;
  let found: Ancestor = { at: 0, link: owner };
  for (let at = 1; at < facts.chain.length; at += 1) {
    const link = facts.chain[at];
    if (link === undefined || environmentOf(link)[name] !== value) break;
    if (launchOf(link.command).carrier) return null;
    found = { at, link };
  }
  return { ...found, value };
};

/** The environment of a process as far as it was read. */
export const environmentOf = (link: ChainProcess): Readonly<Record<string, string>> =>
  isKnown(link.process.environment) ? link.process.environment : {};

/** The cgroup path of a process; null where it could not be read. */
export const cgroupOf = (process: Process): string | null =>
  isKnown(process.cgroup) ? process.cgroup : null;

/**
 * `parent process 812 is nodemon app.js`: the sentence that shows a process as evidence. The owner's
 * has no pid, so that processes alike share an origin.
 */
export const ancestorEvidence = ({ at, link }: Ancestor): string =>
  at === 0
    ? `it is ${commandText(link)}`
    : `${relation(at)} process ${link.process.pid} is ${commandText(link)}`;

/** The first word that is neither an option nor an assignment; null where there is none. */
export const firstArgument = (words: readonly string[]): string | null =>
  words.find((word) => !word.startsWith('-') && !word.includes('=')) ?? null;

/** Commands are parsed once per process, but asked by every detector for every owner below it. */
const launches = new WeakMap<Command, Launch>();
const sessions = new WeakMap<OriginFacts, Ancestor | null>();

const namesOf = ({ script, jar, module, executable }: Command): readonly string[] => {
  const inner = script ?? jar;
  if (inner !== null) return [fileStem(inner)];
  return [module === null ? executable : module.toLowerCase()];
};

const fileStem = (path: string): string =>
  baseName(path)
    .toLowerCase()
    .replace(/\.(?:[cm]?js|ts|py|rb|phar|php|sh|jar|exe|pl)$/, '');

const startsSession = (link: ChainProcess): boolean => {
  const { carrier, agent } = launchOf(link.command);
  return carrier || agent !== null || isInteractiveShell(link);
};

const relation = (at: number): string =>
  at === 1 ? 'parent' : at === 2 ? 'grandparent' : 'ancestor';

const commandText = (link: ChainProcess): string => {
  const text = link.command.argv.join(' ') || link.process.comm;
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};
