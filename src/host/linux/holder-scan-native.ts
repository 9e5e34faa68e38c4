import { directoryBufferSize, forEachNumber } from './directory-numbers.ts';
import { isDenied } from './errno.ts';
import { atWorkingDirectory, readOnly } from './ffi.ts';
import type { Ffi, NativeBuffer } from './ffi.ts';
import { startScan, recordLink } from './holder-table.ts';
import type { HolderScan } from './holder-table.ts';

const linkSize = 64;

type Tools = {
  readonly ffi: Ffi;
  /** Descriptor of `procRoot`. */
  readonly root: number;
  readonly name: NativeBuffer;
  readonly entries: NativeBuffer;
  readonly link: NativeBuffer;
};

/**
 * Finds who holds the wanted socket inodes by reading every link below `procRoot`/PID/fd through
 * libc: nothing is allocated for a descriptor, and a process costs four system calls beside its links.
 */
export const scanHoldersNatively = (
  ffi: Ffi,
  procRoot: string,
  wanted: ReadonlySet<number>,
): HolderScan => {
  const scan = startScan(wanted);
  const name = ffi.allocate(4096);
  const root = ffi.openat(atWorkingDirectory, writeName(name, procRoot), readOnly);
  if (root < 0) return { ...scan, errno: ffi.errno() };
  const entries = ffi.allocate(directoryBufferSize);
  const tools = { ffi, root, name, entries, link: ffi.allocate(linkSize) };
  const pids: number[] = [];
  scan.errno = forEachNumber(ffi, root, entries, (pid) => pids.push(pid));
  for (const pid of pids) {
    scan.pid = pid;
    if (isDenied(scanProcess(tools, scan))) scan.unreadableProcesses += 1;
  }
  ffi.close(root);
  return scan;
};

const writeName = ({ bytes, address }: NativeBuffer, path: string): number => {
  bytes[bytes.write(path, 0, bytes.length - 1)] = 0;
  return address;
};

/** Returns 0, or the errno of what refused. A process that ended is simply not there any more. */
const scanProcess = ({ ffi, root, name, entries, link }: Tools, scan: HolderScan): number => {
  const directory = ffi.openat(root, writeName(name, `${scan.pid}/fd`), readOnly);
  if (directory < 0) return ffi.errno();
  let refused = 0;
  let seen = 0;
  const errno = forEachNumber(ffi, directory, entries, (fd, nameAddress) => {
    seen += 1;
    const length = ffi.readlinkat(directory, nameAddress, link.address, linkSize);
    if (length < 0) refused ||= ffi.errno();
    else recordLink(scan, fd, link.bytes, length);
  });
  ffi.close(directory);
  if (errno === 0 && seen === 0) scan.empty.push(scan.pid);
  return errno === 0 ? refused : errno;
};
