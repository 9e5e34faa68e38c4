import { baseName, parentName } from './base-name.ts';
import type { Command } from './command.ts';

/**
 * The name of a program that no detector knows: what a person would call the command. The script
 * rather than its interpreter (`python3 app.py` is `app.py`), the package rather than a file in
 * `node_modules`, the module, the jar, the class without its package, the title as it is. At most
 * 60 characters. Text from outside passes through as it is; `comm` stands in where there is nothing
 * else.
 */
export const cleanName = (command: Command, comm: string): string =>
  shorten(nameOf(command, comm) || comm.trim() || 'unnamed program');

const nameOf = (command: Command, comm: string): string => {
  const { title, script, module, jar, runtime, words, argv, executable } = command;
  if (title !== null) return title;
  // `python3 -` reads its script from standard input: there is no name in that.
  if (script !== null && script !== '-') return scriptName(script);
  if (module !== null)
    return runtime === 'java' ? (module.split(/[./$]/).at(-1) ?? module) : module;
  if (jar !== null) return baseName(jar);
  if (argv.length === 0 && comm.toLowerCase().startsWith(executable)) return comm;
  const name = baseName(argv[0] ?? '').replace(/^-(?=.)|\.exe$/gi, '') || executable;
  return runtime === null ? name : [executable, ...subcommand(command, words)].join(' ');
};

/** `run dev` of `bun run dev`: runtimes that are package managers too say what they do. */
const subcommand = ({ runtime }: Command, words: readonly string[]): readonly string[] =>
  runtime === 'bun' || runtime === 'deno' || runtime === 'dotnet'
    ? words.slice(0, 2).filter((word) => /^\w/.test(word))
    : [];

const scriptName = (script: string): string => {
  const inPackage = /.*(?:^|\/)node_modules\/(?!\.bin\/)((?:@[^/]+\/)?[^/]+)\//s.exec(script)?.[1];
  if (inPackage !== undefined) return inPackage;
  const name = baseName(script);
  return name === '__main__.py' ? parentName(script) || name : name || script;
};

const shorten = (name: string): string => (name.length > 60 ? `${name.slice(0, 59)}…` : name);
