import type { Io, IoEvent, Size } from '../../../../src/faces/cli/io.ts';

/** Streams that keep what was written, for a terminal of `size` or (null) for none. */
export type MemoryIo = Io & {
  readonly written: { out: string; err: string; signals: string[] };
  /** Lets an event happen. */
  readonly emit: (event: IoEvent) => void;
};

/** An input as a pipe gives it, or (null) a terminal, of which nothing may be read. */
export const memoryInput = (pieces: readonly (string | Uint8Array)[] | null): Io['input'] => ({
  isTerminal: () => pieces === null,
  read: async function* () {
    if (pieces === null) throw new Error('a terminal is read');
    for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  },
});

export const memoryIo = (
  size: Size | null = null,
  env: Io['env'] = {},
  input: Io['input'] = memoryInput(null),
): MemoryIo => {
  const written = { out: '', err: '', signals: [] as string[] };
  const listeners = new Map<IoEvent, Set<() => void>>();
  const output = (name: 'out' | 'err') => ({
    size: () => size,
    write: async (text: string) => {
      written[name] += text;
    },
  });
  return {
    input,
    out: output('out'),
    err: output('err'),
    env,
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => void set.delete(listener);
    },
    signalSelf: (signal) => void written.signals.push(signal),
    written,
    emit: (event) => listeners.get(event)?.forEach((listener) => listener()),
  };
};
