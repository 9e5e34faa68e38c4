import { wantsColours } from './colours.ts';
import type { Invocation } from './invocation.ts';
import type { Io, Output } from './io.ts';
import { paintLines, type Line } from './text/line.ts';

/** Writes lines in the colours that the output and the flags want; nothing for none. */
export const writeLines = async (
  lines: readonly Line[],
  output: Output,
  io: Io,
  invocation: Invocation,
): Promise<void> => {
  if (lines.length === 0) return;
  await output.write(paintLines(lines, wantsColours(output, io.env, invocation)));
};
