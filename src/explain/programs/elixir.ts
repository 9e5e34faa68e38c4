import type { ProgramDetector } from '../program.ts';

/** An Elixir program: a script behind Erlang's `-extra`, or a release. */
export const elixir: ProgramDetector = {
  id: 'elixir',
  name: 'Elixir',
  kind: 'runtime',
  detect: ({ command }) =>
    command.runtime === 'erlang' && command.runtimeArguments.includes('elixir')
      ? { evidence: ['argument elixir', ...(command.script ? [`script ${command.script}`] : [])] }
      : null,
};
