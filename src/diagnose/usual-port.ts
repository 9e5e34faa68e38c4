import type { PortAnatomy } from '../model/explanation.ts';
import { knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';

/** Whether a listener's program is one of those that developers commonly run on that port. */
export const isUsualOn = (listener: Listener, port: Pick<PortAnatomy, 'commonUses'>): boolean => {
  const program = knownOr(listener.program, null);
  if (program === null || program.id === null) return false;
  return isNamedAmong([program.name, program.id], port.commonUses);
};

/**
 * Whether one of some names stands, as a whole word, in a list of a port's uses: `vite` in
 * `Vite, where 5173 was taken`. Letter case does not count.
 */
export const isNamedAmong = (names: readonly string[], uses: readonly string[]): boolean =>
  names.some((name) => uses.some((use) => hasWords(use.toLowerCase(), name.toLowerCase())));

/** `Redis, Valkey`; empty where none is known. */
export const usesText = ({ commonUses }: Pick<PortAnatomy, 'commonUses'>): string =>
  commonUses.slice(0, most).join(', ');

const most = 6;

const hasWords = (text: string, words: string): boolean => {
  const at = text.indexOf(words);
  if (at === -1 || words === '') return false;
  return !isLetter(text[at - 1]) && !isLetter(text[at + words.length]);
};

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[a-z\d]/.test(character);
