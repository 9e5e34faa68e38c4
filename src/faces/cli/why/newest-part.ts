import { lastMessage } from '../../../diagnose/messages/last-message.ts';

/** A log as it is to be read, and what of it was left out. */
export type LogPart = { readonly text: string; readonly notes: readonly string[] };

/** What one crash prints is shorter; beyond it a log is taken to hold more than one failure. */
const tails = [120, 480];

/**
 * Blanks the lines of a long log that stand before its newest failure, so that an older one does not
 * win over it. The lines keep their numbers.
 */
export const newestPart = (log: string): LogPart => {
  if (lineCount(log) <= (tails[0] ?? 0)) return { text: log, notes: [] };
  const { text, linesBefore } = lastMessage(log, tails);
  if (linesBefore === 0) return { text: log, notes: [] };
  return {
    text: '\n'.repeat(linesBefore) + text,
    notes: [`the newest failure counts: ${linesBefore} lines before it were left out`],
  };
};

/** Whether a text tells of a failure, the newest lines asked first. */
export const hasFailure = (text: string): boolean => lastMessage(text).message.class !== 'none';

const lineCount = (text: string): number => text.trimEnd().split('\n').length;
