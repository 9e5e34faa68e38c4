import type { PortNote } from '../../model/lease.ts';
import type { Problem } from '../../model/problem.ts';
import { wantsColours } from './colours.ts';
import { isOn, type Invocation } from './invocation.ts';
import type { Io, Output } from './io.ts';
import { noteLines } from './render/lease.ts';
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

/** What a person should know beside an answer about leases. */
export type Noted = {
  readonly notes?: readonly PortNote[];
  readonly problems: readonly Problem[];
};

/** Tells it on the error stream, so that a program reads the answer alone; JSON holds it already. */
export const writeNotes = (
  { notes = [], problems }: Noted,
  invocation: Invocation,
  io: Io,
): Promise<void> =>
  writeLines(isOn(invocation, 'json') ? [] : noteLines(notes, problems), io.err, io, invocation);
