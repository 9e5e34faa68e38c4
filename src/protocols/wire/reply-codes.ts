import { clip, identified } from '../identification.ts';
import type { Reading } from '../protocol-probe.ts';
import { bytesOf, firstLine, textOf } from './bytes.ts';

/** How one of the protocols that greet with `220 words` is told from the others. */
export type ReplyCodes = {
  /** Words that only this one's servers use. */
  readonly says: RegExp;
  readonly greeting: readonly string[];
  /** Whether an answer to NOOP before logging in is this one's. */
  readonly noop: (code: string) => boolean;
};

const longestGreeting = 2_048;

/**
 * Reads the greeting that SMTP and FTP share (`220-…` lines, then `220 …`). Where its words tell
 * which, the server is left with QUIT; where they don't, NOOP, which both know, is asked.
 */
export const replyCodeReading = (bytes: Uint8Array, codes: ReplyCodes): Reading => {
  const text = textOf(bytes, longestGreeting);
  if (!/^(?:\d|$){3}/.test(text.slice(0, 3))) return null;
  if (text.length < 4) return 'more';
  if (!codes.greeting.includes(text.slice(0, 3))) return null;
  const end = endOfReply(text);
  if (end === null) return text.length < longestGreeting ? 'more' : null;
  return judge(text.slice(0, end), text.slice(end), codes);
};

const judge = (greeting: string, after: string, codes: ReplyCodes): Reading => {
  const line = firstLine(bytesOf(greeting)) ?? '';
  const seen = identified({
    server: clip(line.slice(4)) || null,
    evidence: [`greets with ${clip(line)}`],
  });
  if (codes.says.test(greeting)) {
    return after === '' ? { say: bytesOf('QUIT\r\n'), otherwise: seen } : seen;
  }
  if (otherWords.test(greeting)) return null;
  if (after === '') return { say: bytesOf('NOOP\r\n'), otherwise: null };
  if (after.length < 4) return 'more';
  const code = after.slice(0, 3);
  return codes.noop(code)
    ? { ...seen, evidence: [...seen.evidence, `answers NOOP with ${code}`] }
    : null;
};

/** Words by which one of the two is known, so that the other one does not ask. */
const otherWords = /\bE?SMTP\b(?!\.)|FTPd?\b(?!\.)/i;

/** Where the last line of a reply ends: the one with a space after its code. */
const endOfReply = (text: string): number | null => {
  const last = /^\d{3}(?: [^\n]*)?\r?\n/m.exec(text);
  return last === null ? null : last.index + last[0].length;
};
