import type { Output } from './io.ts';

/**
 * Rows of a long array that are put into one piece of text: below 128 kB it is young garbage, larger
 * strings would pile up until a full collection.
 */
const rowsAtOnce = 64;

/**
 * Prints a value as JSON: readable on a terminal, compact where a program reads it. An object's long
 * arrays are written piece by piece, so that an answer of any size needs little memory. Control
 * characters are escaped as JSON has it, C1 controls and bidirectional marks too.
 */
export const writeJson = async (value: object, output: Output): Promise<void> => {
  if (output.size() !== null) {
    await output.write(`${inert(JSON.stringify(value, null, 2))}\n`);
    return;
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  let before = '{';
  for (const [key, field] of fields) {
    await writeField(`${before}${JSON.stringify(key)}:`, field, output);
    before = ',';
  }
  await output.write(fields.length === 0 ? '{}\n' : '}\n');
};

/** One value as one line of JSON, inert in a terminal. */
export const jsonLine = (value: unknown): string => `${inert(JSON.stringify(value))}\n`;

/** What the rows of one process share as one object each. */
type SharedFields = {
  readonly owners?: unknown;
  readonly program?: unknown;
  readonly project?: unknown;
  readonly origin?: unknown;
  readonly container?: unknown;
};

const isRow = (row: unknown): row is SharedFields =>
  typeof row === 'object' && row !== null && 'program' in row;

/** A row as inert JSON; the text of what it shares with others is made once. */
const rowText = (row: unknown): string => {
  if (!isRow(row)) return inert(JSON.stringify(row));
  const { owners, program, project, origin, container, ...own } = row;
  const shared = { owners, program, project, origin, container };
  let text = inert(JSON.stringify(own)).slice(0, -1);
  for (const [key, value] of Object.entries(shared)) {
    if (value !== undefined) text += `,"${key}":${textOnce(value)}`;
  }
  return `${text}}`;
};

const texts = new WeakMap<object, string>();

const textOnce = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return inert(JSON.stringify(value));
  const before = texts.get(value);
  if (before !== undefined) return before;
  const text = inert(JSON.stringify(value));
  texts.set(value, text);
  return text;
};

const writeField = async (start: string, field: unknown, output: Output): Promise<void> => {
  if (!Array.isArray(field) || field.length <= rowsAtOnce) {
    await output.write(`${start}${inert(JSON.stringify(field))}`);
    return;
  }
  for (let from = 0; from < field.length; from += rowsAtOnce) {
    const rows = field
      .slice(from, from + rowsAtOnce)
      .map(rowText)
      .join(',');
    await output.write(`${from === 0 ? `${start}[` : ','}${rows}`);
  }
  await output.write(']');
};

/** What JSON leaves as it is and a terminal acts on: such characters stand only inside of strings. */
const active = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

const inert = (json: string): string =>
  json.replace(
    active,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
