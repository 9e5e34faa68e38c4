import { resolve } from 'node:path';
import type { LockedStateFile, StateFile } from '../host/state-file.ts';
import { homeportError, invalidInput } from '../model/error.ts';
import { isUnknown } from '../model/known.ts';
import type { LeaseBook } from '../model/lease.ts';
import type { Problem } from '../model/problem.ts';
import { bookText, emptyBook, readBook } from '../ports/book.ts';
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

/** The leases, and what is wrong with their file. */
export type OpenBook = { readonly book: LeaseBook; readonly problems: readonly Problem[] };

/** Reads the leases without the lock. A damaged file stays where it is, and is told. */
export const lookIntoBook = (context: LiveContext): OpenBook => {
  const file = leaseFile(context);
  const reading = readBook(file.read());
  if (reading.kind === 'read') return { book: reading.book, problems: [] };
  return { book: emptyBook, problems: [damaged(`${file.path} ${reading.why}: ${until}`)] };
};

/** The leases as the holder of the lock may change them. */
export type WritableBook = OpenBook & {
  /** Writes them. A damaged file is put aside first, which the problems returned tell. */
  readonly write: (book: LeaseBook) => readonly Problem[];
};

/** Reads the leases under the lock; a damaged file is not touched before a new one is written. */
export const openBook = (context: LiveContext, file: LockedStateFile): WritableBook => {
  const reading = readBook(file.read());
  if (reading.kind === 'read') {
    const write = (book: LeaseBook): readonly Problem[] => {
      file.replace(bookText(book));
      return [];
    };
    return { book: reading.book, problems: [], write };
  }
  return {
    book: emptyBook,
    problems: [damaged(`The file of leases ${reading.why}: ${until}`)],
    write: (book) => {
      const aside = file.putAside(new Date(context.now()));
      file.replace(bookText(book));
      const detail = `The file of leases ${reading.why}: it was put aside as ${aside}, and a new one begun.`;
      return [damaged(detail)];
    },
  };
};

const until = 'no lease can be read, and the next one that is made puts it aside.';

const damaged = (detail: string): Problem => ({ id: 'leases-damaged', reason: 'failed', detail });
