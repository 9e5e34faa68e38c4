import { type FileHandle, open } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { homeportError, invalidInput, isHomeportError } from '../../../model/error.ts';
import { quoted } from '../../../model/parse-quote.ts';
import { shellQuote } from '../../../model/shell-quote.ts';
import { decodeTail } from './byte-tail.ts';
import {
  lastMegabyte,
  mostBytes,
  readStream,
  type StreamOptions,
  type StreamReading,
} from './read-stream.ts';

/**
 * Reads a text file, of a large one the last megabyte; a FIFO as `readStream` does. Rejects with one
 * line: `not-permitted` where this user may not read it, else invalid input: there is none, it is a
 * directory, a socket or a device, or it holds no text.
 */
export const readTextFile = async (
  path: string,
  options: Omit<StreamOptions, 'name'>,
): Promise<StreamReading> => {
  const name = quoted(path).slice(1, -1);
  try {
    const file = await open(path, 'r');
    return await readOpen(file, await file.stat(), { ...options, name, path });
  } catch (thrown) {
    throw isHomeportError(thrown) ? thrown : unreadable(path, thrown);
  }
};

type Options = StreamOptions & { readonly path: string };

const readOpen = async (
  file: FileHandle,
  stats: Stats,
  options: Options,
): Promise<StreamReading> => {
  // A file of /proc has no size.
  if (stats.isFIFO() || (stats.isFile() && stats.size === 0)) {
    return readStream(file.createReadStream(), options);
  }
  try {
    if (stats.isDirectory())
      throw invalidInput(`${quoted(options.path)} is a directory`, namesFile);
    if (!stats.isFile()) throw invalidInput(`${quoted(options.path)} is a device`, namesFile);
    return await readEnd(file, stats.size, options);
  } finally {
    await file.close();
  }
};

const namesFile = 'name a file of text: homeport why --file app.log';

const readEnd = async (
  file: FileHandle,
  size: number,
  { name, path }: Options,
): Promise<StreamReading> => {
  const bytes = Buffer.alloc(Math.min(size, mostBytes));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, size - bytes.length);
  const read = bytes.subarray(0, bytesRead);
  refuseBinary(read, path);
  const isCut = size > mostBytes;
  return {
    text: decodeTail(read, isCut),
    ended: true,
    notes: isCut ? [lastMegabyte(name)] : [],
    drain: async () => {},
  };
};

const sampleSize = 8192;

/**
 * A text holds no NUL: as git and grep have it. At the start there may be some, where a log was
 * truncated under its writer.
 */
const refuseBinary = (bytes: Buffer, path: string): void => {
  const start = bytes.findIndex((byte) => byte !== 0);
  if (start === -1 || !bytes.subarray(start, start + sampleSize).includes(0)) return;
  // RFC 1952: what gzip makes begins so.
  const reader = bytes[0] === 0x1f && bytes[1] === 0x8b ? 'zcat' : 'strings';
  throw invalidInput(
    `${quoted(path)} is no text`,
    `${reader} ${shellQuote(path)} | homeport why reads what is in it`,
  );
};

const unreadable = (path: string, thrown: unknown): Error => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return invalidInput(`there is no file ${quoted(path)}`, namesFile);
    case 'EACCES':
    case 'EPERM':
      return homeportError('not-permitted', `${quoted(path)} can't be read: permission denied`, {
        hint: `sudo cat ${shellQuote(path)} | homeport why`,
        cause: thrown,
      });
    case 'ENXIO':
      return invalidInput(`${quoted(path)} is a socket`, namesFile);
    default:
      return homeportError('invalid-input', `${quoted(path)} can't be read (${code})`, {
        hint: namesFile,
        cause: thrown,
      });
  }
};
