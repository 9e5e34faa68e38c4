import { wantsColours } from '../colours.ts';
import { commandLine } from '../generated/verbs.ts';
import { helpOf, overview } from '../help.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { unknownVerb } from '../read-arguments.ts';
import { paintLines } from '../text/line.ts';

/** `homeport help [VERB]`, `homeport VERB --help`, `homeport --help`. */
export const runHelp = async (invocation: Invocation, io: Io): Promise<number> => {
  const columns = Math.min(io.out.size()?.columns ?? 80, 80);
  const name = verbAskedFor(invocation);
  const verb = commandLine.verbs.find((candidate) => candidate.name === name);
  if (name !== undefined && verb === undefined) throw unknownVerb(name);
  const lines =
    verb === undefined
      ? overview(commandLine, columns)
      : helpOf(verb, commandLine.globalFlags, columns);
  await io.out.write(paintLines(lines, wantsColours(io.out, io.env, invocation)));
  return 0;
};

const verbAskedFor = ({ typed, verb, positionals, flags }: Invocation): string | undefined => {
  if (verb === 'help') return positionals[0] ?? (flags.has('help') ? 'help' : undefined);
  return typed ? verb : undefined;
};
