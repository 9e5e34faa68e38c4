import { constants, existsSync, fstatSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { homeportError } from '../../model/error.ts';
import type { LockedStateFile, StateFile } from '../state-file.ts';
import { type LockContext, withLock } from './lock-file.ts';
import { checkOwnFile, closing, codeOf, openOwn } from './own-path.ts';
import { replaceFile, syncFolder } from './replace-file.ts';
import { stateFailure } from './state-failure.ts';
import { checkStateFolder, makeStateFolder } from './state-folder.ts';

const mostBytes = 16 * 1_048_576;

/** The state file `name` in `folder`; nothing is made or read before it is asked for. */
export const openStateFile = (folder: string, name: string, locks: LockContext): StateFile => {
  const path = join(folder, name);
  const file: LockedStateFile = {
    read: () => attempt(path, 'read', () => orNone(() => readOwn(path))),
    replace: (text) => attempt(path, 'written', () => replaceFile(path, text)),
    putAside: (now) => attempt(path, 'written', () => putAside(folder, path, now)),
  };
  return {
    path,
    read: () =>
      attempt(path, 'read', () =>
        orNone(() => {
          checkStateFolder(folder);
          return readOwn(path);
        }),
      ),
    locked: async (signal, work) => {
      attempt(path, 'written', () => makeStateFolder(folder));
      const lockPath = join(folder, name.replace(/\.\w+$/, '.lock'));
      try {
        return await withLock(lockPath, locks, signal, () => work(file));
      } catch (thrown) {
        throw isSystemError(thrown) ? stateFailure(lockPath, 'written', thrown) : thrown;
      }
    },
  };
};

const isSystemError = (thrown: unknown): boolean => thrown instanceof Error && 'syscall' in thrown;

const attempt = <T>(path: string, what: 'read' | 'written', work: () => T): T => {
  try {
    return work();
  } catch (thrown) {
    throw stateFailure(path, what, thrown);
  }
};

/** null for what is not there. */
const orNone = <T>(work: () => T): T | null => {
  try {
    return work();
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
};

const readOwn = (path: string): Uint8Array =>
  closing(openOwn(path, constants.O_RDONLY), (open) => {
    const status = fstatSync(open);
    checkOwnFile(path, status);
    if (status.size <= mostBytes) return readFileSync(open);
    throw homeportError('refused', `${path} has ${status.size} bytes: no Homeport wrote that`, {
      hint: 'put it out of the way',
    });
  });

/** A name that nothing has yet: what was put aside before stays. */
const putAside = (folder: string, path: string, now: Date): string => {
  const base = `${path}.damaged-${now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '')}`;
  let aside = base;
  for (let count = 2; existsSync(aside); count += 1) aside = `${base}-${count}`;
  renameSync(path, aside);
  syncFolder(folder);
  return aside;
};
