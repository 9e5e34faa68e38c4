import { createReadStream, readFileSync } from 'node:fs';
import { type HomeportError, invalidInput } from '../model/error.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isRecord } from './shape.ts';
import { snapshotShape } from './snapshot-shape.ts';

/**
 * Reads a snapshot that `homeport snapshot` wrote. Rejects with invalid input, in one line, for a
 * file that can't be read, is not JSON, is no snapshot down to its last field, or is of a version not
 * known here.
 */
export const readSnapshotFile = async (path: string): Promise<Snapshot> => {
  const value = parseJson(path, await readText(path));
  const why = reasonAgainst(value);
  if (why !== null) throw invalidInput(`${path} is not a snapshot: ${why}`, howToMake);
  if (isSnapshot(value)) return value;
  throw futureVersion(path, value);
};

const howToMake = 'make one with: homeport snapshot > FILE';

const readText = async (path: string): Promise<string> => {
  try {
    return path === '/dev/stdin' ? await readStdin() : readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw invalidInput(`can't read the snapshot ${path} (${code})`, howToMake);
  }
};

/** The path can't be opened where standard input is a socket, as a parent process may make it. */
const readStdin = async (): Promise<string> => {
  const { text } = await import('node:stream/consumers');
  return text(createReadStream('', { fd: 0, autoClose: false }));
};

const parseJson = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidInput(`${path} is not JSON`, howToMake);
  }
};

const reasonAgainst = (value: unknown): string | null => {
  if (!isRecord(value)) return 'it is no object';
  if (!Number.isInteger(value['version'])) return 'it has no version';
  if (value['version'] !== 1) return null;
  return snapshotShape(value)?.replace(/^\./, '') ?? null;
};

const isSnapshot = (value: unknown): value is Snapshot => isRecord(value) && value['version'] === 1;

const futureVersion = (path: string, value: unknown): HomeportError =>
  invalidInput(
    `${path} is a snapshot of version ${isRecord(value) ? String(value['version']) : '?'}, and this Homeport reads version 1`,
    'use the Homeport that wrote it, or a newer one',
  );
