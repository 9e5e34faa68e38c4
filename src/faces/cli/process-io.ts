import { fstatSync, writeSync } from 'node:fs';
import { homeportError } from '../../model/error.ts';
import { closedOutput, type Io, type IoEvent, type Output, type Size } from './io.ts';

/** The streams, environment and signals of this process. */
export const processIo = (): Io => ({
  input: {
    isTerminal: () => mayBeTerminal(0) && process.getBuiltinModule('node:tty').isatty(0),
    read: () => process.stdin,
  },
  out: output(1, () => process.stdout),
  err: output(2, () => process.stderr),
  env: process.env,
  on: listen,
  signalSelf: (signal) => {
    process.kill(process.pid, signal);
  },
});

/**
 * Writes to a descriptor at once. The stream object, which costs milliseconds to make, is asked for
 * only where the descriptor may be a terminal, or takes no more for now.
 */
const output = (fd: number, stream: () => NodeJS.WriteStream): Output => {
  let terminal: boolean | undefined;
  const isTerminal = (): boolean => (terminal ??= mayBeTerminal(fd) && stream().isTTY);
  return {
    size: () => (isTerminal() ? sizeOf(stream()) : null),
    write: async (text) => {
      const rest = writeNow(fd, Buffer.from(text));
      if (rest.length > 0) await writeLater(stream(), rest);
    },
  };
};

/** Major number 1 of the kernel's devices.txt: /dev/null and its like are no terminals. */
const memoryDevices = 1;

const mayBeTerminal = (fd: number): boolean => {
  try {
    const status = fstatSync(fd);
    return status.isCharacterDevice() && status.rdev >> 8 !== memoryDevices;
  } catch {
    return false;
  }
};

const sizeOf = ({ columns, rows }: NodeJS.WriteStream): Size => ({
  columns: columns > 0 ? columns : 80,
  rows: rows > 0 ? rows : 24,
});

/** Writes what the descriptor takes now and returns the rest (a pipe without blocking that is full). */
const writeNow = (fd: number, bytes: Buffer): Buffer => {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(fd, bytes, done);
  } catch (thrown) {
    if (codeOf(thrown) === 'EAGAIN') return bytes.subarray(done);
    throw writeFailure(thrown);
  }
  return bytes.subarray(done);
};

const writeLater = (stream: NodeJS.WriteStream, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(writeFailure(error));
    stream.once('error', failed);
    stream.write(bytes, (error) => {
      stream.off('error', failed);
      if (error) failed(error);
      else resolve();
    });
  });

const writeFailure = (thrown: unknown): Error => {
  if (isGone(thrown)) return closedOutput();
  const code = codeOf(thrown);
  const why = typeof code === 'string' ? code : String(thrown);
  return homeportError('output-failed', `the output could not be written (${why})`, {
    ...(code === 'ENOSPC' ? { hint: 'no space is left where it goes' } : {}),
    cause: thrown,
  });
};

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : null;

/** EPIPE: the reader ended. EIO: the terminal hung up. */
const isGone = (thrown: unknown): boolean => ['EPIPE', 'EIO'].includes(String(codeOf(thrown)));

const listen = (event: IoEvent, listener: () => void): (() => void) => {
  if (event === 'resize') {
    process.stdout.on('resize', listener);
    return () => process.stdout.off('resize', listener);
  }
  process.on(event, listener);
  return () => process.off(event, listener);
};
