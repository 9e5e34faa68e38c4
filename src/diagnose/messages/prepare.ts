import { textsOfJson, withoutPrefix } from './log-line.ts';
import { maskLine } from './mask.ts';

/**
 * A line of a message: `shown` as it was written, `text` without what its runner put before it,
 * `masked` to read: of the same length as `text`, times and frames blank. A line of JSON gives
 * several, of the same number, one for each text that it holds.
 */
export type MessageLine = {
  readonly number: number;
  readonly shown: string;
  readonly text: string;
  readonly masked: string;
};

/** A message ready to be read, and what was left out of it. */
export type PreparedMessage = {
  readonly lines: readonly MessageLine[];
  readonly notes: readonly string[];
};

/**
 * The same message with the lines joined that a narrow window or a mail has wrapped: one that goes
 * on in the next, which starts in lower case. At most four become one. The message itself where
 * there is nothing to join.
 */
export const unwrapped = (message: PreparedMessage): PreparedMessage => {
  const lines: MessageLine[] = [];
  let joined = 1;
  for (const line of message.lines) {
    const last = lines.at(-1);
    if (last === undefined || joined >= 4 || !goesOn(last, line)) {
      lines.push(line);
      joined = 1;
    } else {
      const text = `${last.text} ${line.text.trimStart()}`;
      lines[lines.length - 1] = { ...last, shown: text, text, masked: maskLine(text) };
      joined += 1;
    }
  }
  return lines.length === message.lines.length ? message : { lines, notes: message.notes };
};

const linesOf = (written: string, number: number, notes: Set<string>): readonly MessageLine[] => {
  const clean = plain(written);
  const shown = cut(clean, notes);
  const texts = textsOfJson(withoutPrefix(clean)).map(plain);
  return (texts.length > 0 ? texts : [shown]).map((line) => {
    const text = withoutPrefix(cut(line, notes)).replace(/\\{1,3}"/g, '"');
    return { number, shown, text, masked: maskLine(text) };
  });
};

const goesOn = (line: MessageLine, next: MessageLine): boolean =>
  !(line.number === next.number && /^ {2}\w{1,60}: /.test(next.text)) &&
  line.text.length >= 40 &&
  line.text.length + next.text.length < 3000 &&
  !/[.;{}!?]$/.test(line.text) &&
  /^ {0,40}[a-z(]/.test(next.text);

const most = { half: 96 * 1024, lineHead: 3072, lineTail: 1024 };

/**
 * Takes a pasted text apart into lines without escape codes, control and bidi characters. Of a
 * text beyond 192 KiB the middle is left out, of a line beyond 4 KiB too; a note says so. Line
 * numbers are those of the whole text.
 */
export const prepareMessage = (text: string): PreparedMessage => {
  const notes = new Set<string>();
  const lines = parts(text, notes).flatMap(({ body, firstLine }) =>
    body
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .flatMap((line, index) => linesOf(line, firstLine + index, notes)),
  );
  return { lines: lines.filter(({ text: line }) => line.trim() !== ''), notes: [...notes] };
};

const parts = (text: string, notes: Set<string>) => {
  if (text.length <= most.half * 2) return [{ body: text, firstLine: 1 }];
  notes.add(
    `The text is long: ${text.length - most.half * 2} characters of its middle were left out.`,
  );
  const tailAt = text.length - most.half;
  let newlines = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < tailAt; at = text.indexOf('\n', at + 1)) {
    newlines += 1;
  }
  return [
    { body: text.slice(0, most.half), firstLine: 1 },
    { body: text.slice(tailAt), firstLine: newlines + 1 },
  ];
};

const cut = (line: string, notes: Set<string>): string => {
  if (line.length <= most.lineHead + most.lineTail) return line;
  notes.add('A line is longer than 4 KiB: its middle was left out.');
  return `${line.slice(0, most.lineHead)} … ${line.slice(-most.lineTail)}`;
};

/** ECMA-48 control sequences, OSC strings and two-byte escapes. */
const escapes =
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]|\u001b\][^\u0007\u001b]{0,1000}(?:\u0007|\u001b\\)|\u001b[@-Z\\^_=>78c]/g;

/** Characters that show nothing or turn the text around (Unicode TR9, zero width). */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const plain = (line: string): string =>
  line
    .replace(escapes, '')
    .replace(invisible, '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/g, ' ')
    .replace(/[\t\u00a0]/g, ' ')
    .trimEnd();
