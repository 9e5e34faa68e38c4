import type { ProgramDetector } from '../program.ts';

/** `mix phx.server`, also inside `iex -S`. */
export const phoenix: ProgramDetector = {
  id: 'phoenix',
  name: 'Phoenix',
  kind: 'dev-server',
  detect: ({ command }) =>
    command.runtime === 'erlang' && command.words.includes('phx.server')
      ? { evidence: [`script ${command.script ?? 'mix'} phx.server`] }
      : null,
};
