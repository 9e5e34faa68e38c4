import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';

/** Runs what a word of `homeport port` asks for, with the words after it. */
export type RunLeases = (
  words: readonly string[],
  invocation: Invocation,
  io: Io,
) => Promise<number>;
