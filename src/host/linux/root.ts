import { accessSync, constants, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { homeportError, invalidInput } from '../../model/error.ts';

/** Where the machine is read from: the real one, or a folder that looks like one. */
export type KernelRoot = {
  /** The proc file system, without a final slash: `/proc`. */
  readonly proc: string;
  /** What stands before every other absolute path of that machine: empty for the real one. */
  readonly files: string;
  /** Whether these are the machine and kernel that Homeport itself runs on. */
  readonly isReal: boolean;
};

const realProc = '/proc';

/**
 * The root that `HOMEPORT_PROC` names (default `/proc`). The rest of the file tree hangs beside it:
 * with `/x/proc` users are in `/x/etc/passwd` and sysfs is `/x/sys`. Throws invalid input where
 * the variable names no proc file system, `unsupported` where `/proc` is not mounted.
 */
export const kernelRoot = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): KernelRoot => {
  const named = environment['HOMEPORT_PROC'];
  const proc = named === undefined || named === '' ? realProc : resolve(named);
  if (proc === realProc) return realRoot();
  const why = reasonAgainst(proc);
  if (why !== null) {
    throw invalidInput(
      `HOMEPORT_PROC is no /proc: ${why}`,
      'name a folder that holds what /proc does',
    );
  }
  const parent = dirname(proc);
  return { proc, files: parent === '/' ? '' : parent, isReal: false };
};

const realRoot = (): KernelRoot => {
  try {
    accessSync(`${realProc}/stat`, constants.F_OK);
  } catch (cause) {
    throw homeportError('unsupported', '/proc is not mounted', {
      hint: 'mount it: mount -t proc proc /proc',
      cause,
    });
  }
  return { proc: realProc, files: '', isReal: true };
};

const reasonAgainst = (proc: string): string | null => {
  try {
    const stat = readFileSync(`${proc}/stat`, 'utf8');
    return /^btime \d+$/m.test(stat) ? null : `${proc}/stat has no boot time`;
  } catch {
    return `${proc}/stat can't be read`;
  }
};
