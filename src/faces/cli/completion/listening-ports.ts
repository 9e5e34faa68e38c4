import { knownOr } from '../../../model/known.ts';
import { listListeners } from '../../../operations/list-listeners.ts';
import type { Invocation } from '../invocation.ts';
import { openContext } from '../open-context.ts';
import { escapeText } from '../text/escape.ts';

/** The ports that are listened on now, one a line, a tab and the program's name after it. */
export const listeningPorts = async (invocation: Invocation): Promise<string> => {
  const { listeners } = await listListeners(await openContext(invocation), {});
  const programs = new Map<number, string>();
  for (const listener of listeners) {
    if (listener.transport === 'unix' || programs.has(listener.port)) continue;
    programs.set(listener.port, knownOr(listener.program, null)?.name ?? 'not visible');
  }
  return [...programs]
    .sort(([a], [b]) => a - b)
    .map(([port, program]) => `${port}\t${escapeText(program)}\n`)
    .join('');
};
