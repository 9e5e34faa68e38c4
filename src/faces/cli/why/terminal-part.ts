import { stripVTControlCharacters } from 'node:util';
import { lastMessage } from '../../../diagnose/messages/last-message.ts';
import { newestStart } from './newest-start.ts';

/**
 * The piece of a terminal's text that tells of the newest failure: the last command before our own
 * `homeport why` that failed, with its output; of a long output the end. Where the prompts can't be
 * made out or nothing failed, the end of the whole.
 */
export const newestFailure = (terminal: string): string => {
  const lines = terminal.trimEnd().split('\n');
  const shown = lines.map(shownLine);
  const own = shown.findLastIndex((line) => ownCommand.test(line));
  const isPrompt = promptLike(shown[own] ?? null);
  const blocks = commandsOf(shown, own, isPrompt);
  for (const { start, end } of blocks.toReversed()) {
    const { message, text } = lastMessage(textOf(lines, shown, start, end));
    if (message.class !== 'none') return withoutOlder(text);
  }
  return textOf(lines, shown, 0, lines.length).trimEnd();
};

/** Of a command that goes on there may be several. */
const withoutOlder = (text: string): string => {
  const lines = text.split('\n');
  return lines.slice(newestStart(lines)).join('\n');
};

/**
 * Whether the text holds the command line that asks. The file of script(1) lacks it, and what stood
 * above it, where that writes only when it has enough.
 */
export const holdsOwnCommand = (terminal: string): boolean =>
  terminal.split('\n').some((line) => ownCommand.test(shownLine(line)));

/** `homeport why`, `npx homeport why`, `node bin/homeport.js why`, `'/a b/homeport' why`. */
const ownCommand = /\bhomeport(?:\.[a-z]{2,4})?["']?[ \t]{1,20}why\b/;

/** Of us only what runs other programs has failures of its own to tell; what we answer quotes them. */
const ownAnswer = /\bhomeport(?:\.[a-z]{2,4})?\b(?!["']?[ \t]{1,20}(?:run|up|logs|tap)\b)/;

/** Lines of a command and its output; `end` is the line behind. */
type Block = { readonly start: number; readonly end: number };

/**
 * The commands of a terminal's text, oldest first, without those that are ours. Of the one that runs
 * us the output so far counts: `npm test; homeport why --last`.
 */
const commandsOf = (
  shown: readonly string[],
  own: number,
  isPrompt: (line: string) => boolean,
): readonly Block[] => {
  const prompts = shown.flatMap((line, index) => (isPrompt(line) ? [index] : []));
  const typed = typedAfter(shown[own] ?? '');
  const starts = [...new Set([0, ...prompts, ...(own === -1 ? [] : [own])])].toSorted(
    (one, other) => one - other,
  );
  return starts
    .map((start, at): Block => ({ start, end: starts[at + 1] ?? shown.length }))
    .flatMap((block) => {
      if (block.start === own) return [{ ...block, start: own + 1 }];
      if (!prompts.includes(block.start)) return [block];
      return ownAnswer.test(typed(shown[block.start] ?? '')) ? [] : [block];
    });
};

/**
 * Makes what takes the prompt off a command's line: the folder in it may have our name. The prompt is
 * that of our own command, to the letter, or else ends with its first sign.
 */
const typedAfter = (own: string): ((line: string) => string) => {
  const before = own.slice(0, ownCommand.exec(own)?.index ?? 0);
  return (line) =>
    before !== '' && line.startsWith(before)
      ? line.slice(before.length)
      : line.replace(promptForm, '');
};

/** As raw output, since the reader of messages knows escape codes; what was typed as it was shown. */
const textOf = (
  lines: readonly string[],
  shown: readonly string[],
  start: number,
  end: number,
): string =>
  [shown[start] ?? '', ...lines.slice(start + 1, end)]
    .slice(0, Math.max(0, end - start))
    .join('\n');

/** `ann@box:~/shop$ `, `❯ `, `PS /home/ann> `, `➜  shop git:(main) ✗ `: its first word and its last sign. */
const promptForm =
  /^(?<stem>[\w@.()[\]-]{0,60})(?<path>[^#$%>❯➜λ»]{0,200}?)(?<sign>[#$%>❯➜λ»])[ \t]/u;

/** Without a prompt of our own to go by only those that can hardly be output. */
const sureForm = /^(?:[\w.-]{1,40}@[\w.-]{1,60}[: ][^#$%>]{0,200}[#$%>]|[$❯]) {1,2}\S/u;

/** Makes the test for lines that begin with such a prompt as the given one. */
const promptLike = (command: string | null): ((line: string) => boolean) => {
  const own = command === null ? null : promptForm.exec(command)?.groups;
  if (own === null || own === undefined) return (line) => sureForm.test(line);
  return (line) => {
    const other = promptForm.exec(line)?.groups;
    return other !== undefined && other['sign'] === own['sign'] && stemOf(other) === stemOf(own);
  };
};

/** A clock or a counter in it is another one each time. */
const stemOf = ({ stem = '' }: Readonly<Record<string, string | undefined>>): string =>
  stem.replace(/\d/g, '0');

/** A line as it stood on the screen: what was typed over is gone. */
const shownLine = (line: string): string => {
  const plain = stripVTControlCharacters(line.slice(0, 8192)).replace(/\r+$/, '');
  const overwritten = plain.slice(plain.lastIndexOf('\r') + 1);
  let shown = '';
  for (const character of overwritten) {
    shown = character === '\b' ? shown.slice(0, -1) : shown + character;
  }
  return shown;
};
