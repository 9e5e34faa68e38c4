import { homeportError } from '../../model/error.ts';
import type { Io } from './io.ts';
import { escapeText } from './text/escape.ts';

/** Questions to a person at a terminal, one after the other. */
export type Questions = {
  /** Asks, and resolves with the line that was typed, without blanks around it; null: no more comes. */
  readonly ask: (question: string) => Promise<string | null>;
  /** Lets go of the input, so that the process can end. */
  readonly close: () => Promise<void>;
};

/** Whether somebody sits there to be asked: both ends of the talk are a terminal. */
export const canAsk = (io: Io): boolean => io.input.isTerminal() && io.err.size() !== null;

/** Asks on the error stream, so that the answer alone goes to the output. */
export const openQuestions = (io: Io): Questions => {
  const pieces = io.input.read()[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  let rest = '';
  const nextLine = async (): Promise<string | null> => {
    for (;;) {
      const end = rest.indexOf('\n');
      if (end !== -1) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 1);
        return line.trim();
      }
      const piece = await pieces.next();
      if (piece.done === true) return null;
      rest += decoder.decode(piece.value, { stream: true });
    }
  };
  return {
    ask: async (question) => {
      await io.err.write(`${escapeText(question)} `);
      return nextLine();
    },
    close: async () => {
      await pieces.return?.();
    },
  };
};

/** Asks whether to go on; anything but a yes is a no. */
export const agrees = async ({ ask }: Questions, question: string): Promise<boolean> =>
  /^y(?:es)?$/i.test((await ask(`${question} [y/N]`)) ?? '');

/** The error of a change that waits for an answer where nobody can give one. */
export const nobodyToAsk = () =>
  homeportError('refused', 'nothing was changed: there is nobody to ask', {
    hint: '--yes does it, --dry-run only says what would be done',
  });
