import { readdirSync, readlinkSync } from 'node:fs';
import { errno } from './errno.ts';
import { atWorkingDirectory, type Ffi, readOnly } from './ffi.ts';
import { createFileReader, errnoOf } from './file-reader.ts';
import { parseStat } from './process-stat.ts';
import type { KernelRoot } from './root.ts';

const fileNames = ['stat', 'status', 'cmdline', 'cgroup', 'environ', 'limits'] as const;
const linkNames = ['exe', 'cwd', 'ns/net', 'ns/pid', 'ns/mnt'] as const;

/** One `/proc/<pid>`, opened. A number is the errno of what failed; nothing throws. */
export type ProcessFolder = {
  /** Up to 256 KiB of a file. The Buffer is valid until the next call: copy what must stay. */
  file(name: (typeof fileNames)[number]): Buffer | number;
  link(name: (typeof linkNames)[number]): string | number;
  /** The effective uid; negative: an errno. */
  uid(): number;
  /** How many descriptors are open; null where that is refused. */
  countFiles(): number | null;
  /** Whether the process that started at `startTicks` is still there and all that was read is its. */
  isStill(startTicks: number): boolean;
  close(): void;
};

/** Opens `/proc/<pid>`; a number is the errno. */
export type OpenProcessFolder = (pid: number) => ProcessFolder | number;

/**
 * Makes the function that opens processes' folders. With `ffi` files are opened relative to the
 * folder's own descriptor: should the pid be given to another process, that one is never seen.
 */
export const processFolders = (root: KernelRoot, ffi: Ffi | null): OpenProcessFolder =>
  ffi === null ? plainFolders(root) : nativeFolders(root, ffi);

const plainFolders = (root: KernelRoot): OpenProcessFolder => {
  const read = createFileReader(null);
  return (pid) => {
    const folder = `${root.proc}/${pid}`;
    return {
      file: (name) => read(`${folder}/${name}`),
      link: (name) => readLink(`${folder}/${name}`),
      uid: () => uidOfStatus(read(`${folder}/status`)),
      countFiles: () => countEntries(`${folder}/fd`),
      isStill: (startTicks) => {
        const stat = read(`${folder}/stat`);
        return typeof stat !== 'number' && parseStat(stat.toString())?.startTicks === startTicks;
      },
      close: () => {},
    };
  };
};

const readLink = (path: string): string | number => {
  try {
    return readlinkSync(path);
  } catch (error) {
    return errnoOf(error);
  }
};

/** `Uid:` of proc_pid_status(5): real, effective, saved, file system. */
const uidOfStatus = (status: Buffer | number): number => {
  if (typeof status === 'number') return -status;
  const uid = /^Uid:\s+\d+\s+(\d+)/m.exec(status.toString())?.[1];
  return uid === undefined ? -errno.ENOENT : Number(uid);
};

const countEntries = (path: string): number | null => {
  try {
    return readdirSync(path).length;
  } catch {
    return null;
  }
};

// O_PATH of open(2), AT_EMPTY_PATH and STATX_UID of statx(2), and the word of struct statx with the uid.
const pathOnly = 0o10_000_000;
const atEmptyPath = 0x1000;
const statxUid = 0x8;
const statxUidWord = 5;

const contentSize = 262_144;
const pathSize = 4096;

const nativeFolders = (root: KernelRoot, ffi: Ffi): OpenProcessFolder => {
  const path = ffi.allocate(pathSize);
  const content = ffi.allocate(contentSize);
  const names = nativeNames(ffi);

  // Files of a process answer as much as fits at once: a short read is the end.
  const file = (directory: number, name: number): Buffer | number => {
    const descriptor = ffi.openat(directory, name, readOnly);
    if (descriptor < 0) return ffi.errno();
    const length = ffi.read(descriptor, content.address, contentSize);
    const failed = length < 0 ? ffi.errno() : 0;
    ffi.close(descriptor);
    return failed === 0 ? content.bytes.subarray(0, length) : failed;
  };

  const link = (directory: number, name: number): string | number => {
    const length = ffi.readlinkat(directory, name, content.address, pathSize);
    return length < 0 ? ffi.errno() : content.bytes.toString('utf8', 0, length);
  };

  // The folder itself belongs to the effective uid (task_dump_owner in fs/proc/base.c).
  const uid = (directory: number): number =>
    ffi.statx(directory, names.at(''), atEmptyPath, statxUid, content.address) === 0
      ? (content.words[statxUidWord] ?? -errno.ENOENT)
      : -ffi.errno();

  return (pid) => {
    const folder = `${root.proc}/${pid}`;
    path.bytes[path.bytes.write(folder, 0, pathSize - 1)] = 0;
    const directory = ffi.openat(atWorkingDirectory, path.address, readOnly | pathOnly);
    if (directory < 0) return ffi.errno();
    return {
      file: (name) => file(directory, names.at(name)),
      link: (name) => link(directory, names.at(name)),
      uid: () => uid(directory),
      countFiles: () => countEntries(`${folder}/fd`),
      isStill: () => ffi.statx(directory, names.at('stat'), 0, 0, content.address) === 0,
      close: () => void ffi.close(directory),
    };
  };
};

/** The names as C strings in memory that lives as long as the returned function does. */
const nativeNames = (ffi: Ffi): { at(name: string): number } => {
  const memory = ffi.allocate(256);
  const addresses = new Map<string, number>();
  let used = 0;
  for (const name of ['', ...fileNames, ...linkNames]) {
    addresses.set(name, used);
    used += memory.bytes.write(`${name}\0`, used);
  }
  return { at: (name) => memory.address + (addresses.get(name) ?? 0) };
};
