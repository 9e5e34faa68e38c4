import type { Output } from './io.ts';
import { escapeJson } from './text/escape.ts';

/**
 * Rows of a long array that are put into one piece of text: below 128 kB it is young garbage, larger
 * strings would pile up until a full collection.
 */
const rowsAtOnce = 64;

/**
 * Prints a value as JSON: readable on a terminal, compact where a program reads it. An object's long
 * arrays are written piece by piece, so that an answer of any size needs little memory. Control
 * characters are escaped as JSON has it, and so is all else that a terminal acts on.
 */
export const writeJson = async (value: object, output: Output): Promise<void> => {
  if (output.size() !== null) {
    await output.write(`${escapeJson(JSON.stringify(value, null, 2))}\n`);
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
export const jsonLine = (value: unknown): string => `${escapeJson(JSON.stringify(value))}\n`;

const writeField = async (start: string, field: unknown, output: Output): Promise<void> => {
  if (!Array.isArray(field) || field.length <= rowsAtOnce) {
    await output.write(`${start}${escapeJson(JSON.stringify(field))}`);
    return;
  }
  for (let from = 0; from < field.length; from += rowsAtOnce) {
    const rows = escapeJson(JSON.stringify(field.slice(from, from + rowsAtOnce))).slice(1, -1);
    await output.write(`${from === 0 ? `${start}[` : ','}${rows}`);
  }
  await output.write(']');
};
