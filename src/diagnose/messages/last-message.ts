import type { FailureMessage } from '../../model/failure.ts';
import { readMessage } from './read-message.ts';

/** The newest failure of a log, and the part of it that was read for that. */
export type LastMessage = {
  /** As `readMessage` reads that part; `line` counts from the start of the whole text. */
  readonly message: FailureMessage;
  /** From a line's start to the end of the text, without white space behind it. */
  readonly text: string;
  /** How many lines stand before that part. */
  readonly linesBefore: number;
};

/**
 * Reads the end of a log: the fewest of its last lines (`tails`, in growing order; then all of them)
 * that tell of a failure, so that an older one above does not win over the newest. Where nothing
 * went wrong the text is the whole and the class is `none`. Pure; never throws.
 */
export const lastMessage = (text: string, tails: readonly number[] = [40, 120]): LastMessage => {
  const end = text.trimEnd();
  for (const lines of tails) {
    const start = startOfTail(end, lines);
    if (start === 0) break;
    const tail = end.slice(start);
    const message = readMessage(tail);
    if (message.class !== 'none') return placed(message, tail, newlines(end, start));
  }
  return placed(readMessage(end), end, 0);
};

const placed = (message: FailureMessage, text: string, linesBefore: number): LastMessage => ({
  message: { ...message, line: message.line === null ? null : message.line + linesBefore },
  text,
  linesBefore,
});

/** Where the last `lines` lines begin; 0 where there are no more. */
const startOfTail = (text: string, lines: number): number => {
  let at = text.length;
  for (let left = lines; left > 0 && at > 0; left -= 1) at = text.lastIndexOf('\n', at - 1);
  return Math.max(0, at + 1);
};

const newlines = (text: string, end: number): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
};
