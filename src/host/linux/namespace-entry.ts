import { homeportError } from '../../model/error.ts';
import { atWorkingDirectory, readOnly } from './ffi.ts';
import type { Ffi } from './ffi.ts';

const networkNamespace = 0x4000_0000;

/**
 * Runs `work` with this thread inside the network namespace of a process (setns(2), needs
 * CAP_SYS_ADMIN) and returns to our own before it answers, whatever `work` does. A number is the
 * errno of what was refused before `work` began. Throws `internal` should the way back be closed,
 * because everything after would be read from the wrong namespace.
 */
export const inNamespaceOf = <T>(ffi: Ffi, pid: number, work: () => T): T | number => {
  const own = openPath(ffi, '/proc/thread-self/ns/net');
  if (own < 0) return -own;
  try {
    const entered = enter(ffi, pid);
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

const enter = (ffi: Ffi, pid: number): number => {
  const target = openPath(ffi, `/proc/${pid}/ns/net`);
  if (target < 0) return -target;
  const failed = ffi.setns(target, networkNamespace) === 0 ? 0 : ffi.errno();
  ffi.close(target);
  return failed;
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
