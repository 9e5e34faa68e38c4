import { readlinkSync } from 'node:fs';
import { type Known, unknown } from '../../model/known.ts';
import { reasonOf } from './errno.ts';
import { errnoOf } from './file-reader.ts';
import type { KernelRoot } from './root.ts';

/** The name of a process's namespace, `net:[4026531840]` (namespaces(7)). */
export const namespaceLink = (
  root: KernelRoot,
  pid: number | 'self',
  kind: 'net' | 'mnt',
): Known<string> => {
  try {
    return readlinkSync(`${root.proc}/${pid}/ns/${kind}`);
  } catch (error) {
    return unknown(reasonOf(errnoOf(error)));
  }
};
