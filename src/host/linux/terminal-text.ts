import { isKnown, type Known, unknown } from '../../model/known.ts';
import type { TerminalText } from '../host.ts';
import { ancestors } from './ancestors.ts';
import type { KernelRoot } from './root.ts';
import { readScriptSession, scriptAbove } from './script-session.ts';
import { readTmuxPane, tmuxPane } from './tmux-pane.ts';

/**
 * What the terminal that we run in has shown last: of a tmux pane, else of the file of a script(1)
 * session. Without both it is `unsupported`; never rejects.
 */
export const readTerminalText = async (
  root: KernelRoot,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Known<TerminalText>> => {
  const pids = ancestors(root);
  const script = scriptAbove(root, pids);
  const nearer = script === null ? pids : pids.slice(0, pids.indexOf(script));
  const pane = tmuxPane(root, environment, nearer);
  const shown = pane === null ? null : await readTmuxPane(pane, signal);
  if (shown !== null && isKnown(shown)) return shown;
  if (script !== null) return readScriptSession(root, script);
  return shown ?? neither;
};

const neither = unknown('unsupported', 'there is no tmux pane and no script file here');
