import { resolve } from 'node:path';
import type { LockedStateFile, StateFile } from '../host/state-file.ts';
import { homeportError, invalidInput } from '../model/error.ts';
import { isUnknown } from '../model/known.ts';
import type { LeaseBook } from '../model/lease.ts';
import type { Problem } from '../model/problem.ts';
import { emptyBook, readBook } from '../ports/book.ts';
import { leaseScopeOf, type ProjectScope } from '../ports/scope.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** The machine itself. Throws invalid input for a snapshot, whose ports nobody can lease. */
export const liveContext = (context: OperationContext): LiveContext => {
  if (context.snapshot === undefined) return context;
  throw invalidInput('a snapshot has no ports to lease', 'leave out --snapshot');
};

/** The project that the leases of a folder belong to; left out: the working directory. */
export const projectScope = (context: LiveContext, directory?: string): ProjectScope => {
  const here = context.host.asker();
  const working = isUnknown(here) ? null : here.workingDirectory;
  if (working === null && directory === undefined) {
    throw homeportError('refused', 'the working directory is gone: whose port is it to be?', {
      hint: 'go to the project, or name its folder with --directory',
    });
  }
  const named = resolve(working ?? '/', directory ?? '.');
  const folder = context.host.realFolder(named);
  if (isUnknown(folder)) {
    throw invalidInput(`${named} is no folder that can be looked into`, folder.why);
  }
  return leaseScopeOf(folder, context.host.project(folder));
};

/** The file that all leases of the user are kept in. */
export const leaseFile = ({ host }: LiveContext): StateFile => host.stateFile('leases.json');

/** The leases, and what was wrong with their file. */
export type OpenBook = { readonly book: LeaseBook; readonly problems: readonly Problem[] };

/** Reads the leases without the lock. A damaged file stays where it is, and is told. */
export const lookIntoBook = (context: LiveContext): OpenBook => {
  const file = leaseFile(context);
  const reading = readBook(file.read());
  if (reading.kind === 'read') return { book: reading.book, problems: [] };
  const detail = `${file.path} ${reading.why}: no lease can be read, and the next one puts it aside.`;
  return { book: emptyBook, problems: [{ id: 'leases-damaged', reason: 'failed', detail }] };
};

/** Reads the leases under the lock. A damaged file is put aside, which is told, never lost. */
export const openBook = (context: LiveContext, file: LockedStateFile): OpenBook => {
  const reading = readBook(file.read());
  if (reading.kind === 'read') return { book: reading.book, problems: [] };
  const aside = file.putAside(new Date(context.now()));
  const detail = `The file of leases ${reading.why}: it was put aside as ${aside}, and a new one begun.`;
  return { book: emptyBook, problems: [{ id: 'leases-damaged', reason: 'failed', detail }] };
};
