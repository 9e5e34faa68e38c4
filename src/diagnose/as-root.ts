import type { Action } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { Process } from '../model/process.ts';
import { shellCommand } from '../model/shell-quote.ts';
import type { MachineFacts } from './facts.ts';

type Command = Pick<Action, 'command' | 'needsRoot'>;

/** A command that only root may run. */
export const byRoot = (...words: readonly string[]): Command => ({
  command: shellCommand('sudo', ...words),
  needsRoot: true,
});

/**
 * A command that acts on a process: whoever it runs as may, and root (kill(2), prlimit(2)). Where
 * nobody could tell who asks, or whose it is, it is taken for the user's own.
 */
export const byOwner = (
  process: Process,
  { asker }: Pick<MachineFacts, 'asker'>,
  ...words: readonly string[]
): Command => {
  const uid = knownOr(process.uid, null);
  const asking = knownOr(asker, null)?.uid ?? null;
  const isForeign = uid !== null && asking !== null && asking !== 0 && asking !== uid;
  return isForeign ? byRoot(...words) : { command: shellCommand(...words) };
};
