import { homeportError } from '../../model/error.ts';
import { errno } from './errno.ts';
import { atWorkingDirectory, readOnly } from './ffi.ts';
import type { Ffi } from './ffi.ts';

const networkNamespace = 0x4000_0000;

/**
 * Runs `work` with this thread inside the network namespace `name` (`net:[N]`), which a process is
 * in (setns(2), needs CAP_SYS_ADMIN), and returns to our own before it answers, whatever `work` does.
 * A number is the errno of what was refused before `work` began; ESRCH where the process, or another
 * one that has its pid by now, is in another namespace. Throws `internal` should the way back be closed,
 * because everything after would be read from the wrong namespace.
 */
export const inNamespaceOf = <T>(
  ffi: Ffi,
  pid: number,
  name: string,
  work: () => T,
): T | number => {
  const own = openPath(ffi, '/proc/thread-self/ns/net');
  if (own < 0) return -own;
  try {
    const entered = enter(ffi, pid, name);
    if (entered !== 0) return entered;
    try {
      return work();
    } finally {
      returnTo(ffi, own);
    }
  } finally {
    ffi.close(own);
  }
};

const enter = (ffi: Ffi, pid: number, name: string): number => {
  const target = openPath(ffi, `/proc/${pid}/ns/net`);
  if (target < 0) return -target;
  const failed = nameOf(ffi, target) === name ? enterOpened(ffi, target) : errno.ESRCH;
  ffi.close(target);
  return failed;
};

const enterOpened = (ffi: Ffi, target: number): number =>
  ffi.setns(target, networkNamespace) === 0 ? 0 : ffi.errno();

/** What a descriptor leads to (proc(5), `/proc/pid/fd`): unlike a pid it can't come to mean another. */
const nameOf = (ffi: Ffi, descriptor: number): string => {
  const path = ffi.allocate(64);
  const link = ffi.allocate(64);
  path.bytes.write(`/proc/thread-self/fd/${descriptor}`);
  const length = ffi.readlinkat(atWorkingDirectory, path.address, link.address, 64);
  return length < 0 ? '' : link.bytes.toString('latin1', 0, length);
};

const returnTo = (ffi: Ffi, own: number): void => {
  if (ffi.setns(own, networkNamespace) === 0) return;
  throw homeportError('internal', `could not return to the own network namespace (${ffi.errno()})`);
};

/** A descriptor, or a negative errno. */
const openPath = (ffi: Ffi, path: string): number => {
  const name = ffi.allocate(64);
  name.bytes.write(path);
  const descriptor = ffi.openat(atWorkingDirectory, name.address, readOnly);
  return descriptor < 0 ? -ffi.errno() : descriptor;
};
