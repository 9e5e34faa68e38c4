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

const writeField = async (start: string, field: unknown, output: Output): Promise<void> => {
  if (!Array.isArray(field) || field.length <= rowsAtOnce) {
    await output.write(`${start}${inert(JSON.stringify(field))}`);
    return;
  }
  for (let from = 0; from < field.length; from += rowsAtOnce) {
    const rows = inert(JSON.stringify(field.slice(from, from + rowsAtOnce))).slice(1, -1);
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
