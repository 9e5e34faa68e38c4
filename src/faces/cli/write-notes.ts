import type { PortNote } from '../../model/lease.ts';
import type { Problem } from '../../model/problem.ts';
import { isOn, type Invocation } from './invocation.ts';
import type { Io } from './io.ts';
import { noteLines } from './render/lease.ts';
import { writeLines } from './write-lines.ts';

/** What a person should know beside an answer about leases. */
type Noted = {
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
