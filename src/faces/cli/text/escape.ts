/**
 * What a terminal would act on, or what would show text in another order than it has, beside C0
 * controls: DEL and C1 controls, bidirectional marks and overrides (UAX #9), line and paragraph
 * separators, zero-width and tag characters.
 */
const active = String.raw`\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}`;

const unsafe = new RegExp(String.raw`[\u0000-\u001f${active}]|\p{Cs}`, 'gu');
const unsafeInJson = new RegExp(`[${active}]`, 'gu');

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes text from outside safe to print: nothing in it can move the cursor, change colours, break a
 * line or reverse it. Escapes stay readable: `\x1b`, `\n`, `\u202e`, `\u{e0041}`.
 */
export const escapeText = (text: string): string =>
  text.replace(unsafe, (character) => named[character] ?? escapeCharacter(character));

/** As `escapeText`, for text of several lines that are ours: newlines stay. */
export const escapeLines = (text: string): string => text.split('\n').map(escapeText).join('\n');

/**
 * Makes JSON text safe to print in the same way. JSON itself escapes C0 controls and lone surrogates,
 * and the rest stands only inside of its strings: the text reads back as the same value.
 */
export const escapeJson = (json: string): string => json.replace(unsafeInJson, codeUnits);

const codeUnits = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

const escapeCharacter = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
};
