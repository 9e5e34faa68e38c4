import { readdirSync } from 'node:fs';
import { errnoOf } from './file-reader.ts';

/**
 * The entries of a directory whose names are decimal numbers, ascending, by `node:fs`. A number is
 * the errno of the failure.
 */
export const numberedEntries = (directory: string): readonly number[] | number => {
  try {
    return readdirSync(directory)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .toSorted((a, b) => a - b);
  } catch (error) {
    return errnoOf(error);
  }
};
