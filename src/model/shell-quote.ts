/**
 * One word of a POSIX shell's command line that stands for exactly `text`: as it is where no shell
 * gives a character a meaning, else in single quotes. Control and bidirectional characters, which a
 * terminal would act on, become escapes of `$'…'` (POSIX.1-2024, 2.2.4; bash, zsh, ksh).
 */
export const shellQuote = (text: string): string => {
  if (/^[\w./:,@+-][\w./:,@+=-]*$/.test(text)) return text;
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) return `$'${escaped(text)}'`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
};

/** A command line of `words`, each quoted; ready to paste. */
export const shellCommand = (...words: readonly string[]): string =>
  words.map(shellQuote).join(' ');

/** Whether a program takes `text` for an operand: not empty, and not an option because of a `-`. */
export const isOperand = (text: string): boolean => text !== '' && !text.startsWith('-');

const escaped = (text: string): string =>
  text.replace(/[\\']|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\\' || character === "'" ? `\\${character}` : bytesOf(character),
  );

/** Octal escapes: three digits at most, so that what follows is never read as a part of them. */
const bytesOf = (character: string): string =>
  [...new TextEncoder().encode(character)]
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
