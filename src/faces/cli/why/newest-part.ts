import { lastMessage } from '../../../diagnose/messages/last-message.ts';
import { newestStart } from './newest-start.ts';

/** A log as it is to be read, and what of it was left out. */
export type LogPart = { readonly text: string; readonly notes: readonly string[] };

/** So many lines at the end of a log are looked at first: in the fewest there is least to read. */
const tails = [120, 480, 1920];

/**
 * Blanks the lines of a log that stand before its newest failure, so that an older one does not win
 * over it. The lines keep their numbers.
 */
export const newestPart = (log: string): LogPart => {
  const { text, linesBefore, message } = lastMessage(log, tails);
  const lines = text.split('\n');
  const isLooked = message.class !== 'none' && lines.length <= Math.max(...tails);
  const start = isLooked ? newestStart(lines) : 0;
  const left = linesBefore + start;
  if (left === 0) return { text: log, notes: [] };
  return {
    text: '\n'.repeat(left) + lines.slice(start).join('\n'),
    notes: [`the newest failure counts: ${linesWere(left)} left out`],
  };
};

/** Whether a text tells of a failure, the newest lines asked first. */
export const hasFailure = (text: string): boolean => lastMessage(text).message.class !== 'none';

const linesWere = (count: number): string =>
  count === 1 ? 'the line before it was' : `${count} lines before it were`;
