import { invalidInput } from '../../../model/error.ts';
import { nearest } from '../../../model/nearest.ts';
import { commandLine } from '../generated/verbs.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import type { CommandLine } from '../verb.ts';

/** Makes the completion script of one shell. */
type ScriptMaker = (commandLine: CommandLine) => string;

const shells: Readonly<Record<string, () => Promise<ScriptMaker>>> = {
  bash: async () => (await import('../completion/bash.ts')).bashCompletion,
  zsh: async () => (await import('../completion/zsh.ts')).zshCompletion,
  fish: async () => (await import('../completion/fish.ts')).fishCompletion,
};

/** `homeport completion SHELL`; the scripts themselves ask `homeport completion ports`. */
export const runCompletion = async (invocation: Invocation, io: Io): Promise<number> => {
  const [shell = ''] = invocation.positionals;
  if (shell === 'ports') {
    const { listeningPorts } = await import('../completion/listening-ports.ts');
    await io.out.write(await listeningPorts(invocation));
    return 0;
  }
  const load = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (load === undefined) throw unknownShell(shell);
  const makeScript = await load();
  await io.out.write(makeScript(commandLine));
  return 0;
};

const unknownShell = (shell: string): Error => {
  const names = Object.keys(shells);
  const meant = nearest(shell, names);
  return invalidInput(
    `there is no completion for ${shell}`,
    meant === null ? `there is one for ${names.join(', ')}` : `did you mean ${meant}?`,
  );
};
