import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
} from 'node:fs';
import { basename } from 'node:path';
import { type Known, type Unknown, unknown } from '../../model/known.ts';
import type { TerminalText } from '../host.ts';
import { parseArgv } from './process-argv.ts';
import type { KernelRoot } from './root.ts';
import { scriptArguments } from './script-arguments.ts';

const mostBytes = 256 * 1024;

/** The nearest script(1) among these pids, our ancestors; null: we run in none. */
export const scriptAbove = (root: KernelRoot, pids: readonly number[]): number | null =>
  pids.find((pid) => isScript(root, pid)) ?? null;

/** The end of the file that this script(1) writes: at most 256 KiB, escape codes and all. */
export const readScriptSession = (root: KernelRoot, pid: number): Known<TerminalText> => {
  try {
    const file = typescriptOf(root, pid);
    if (file === null) return unknown('unsupported', `script (pid ${pid}) writes no file`);
    return { source: basename(file.path), text: readEnd(file.descriptor) };
  } catch (error) {
    return unreadable(pid, error);
  }
};

/** By its executable: a shell script that someone calls `script` is none. */
const isScript = (root: KernelRoot, pid: number): boolean => {
  try {
    return basename(readlinkSync(`${root.proc}/${pid}/exe`)) === 'script';
  } catch {
    return false;
  }
};

/** A descriptor as /proc shows it, and the file behind it. */
type OpenFile = { readonly descriptor: string; readonly path: string };

/** The file that it was told to write; else the only other one that it holds open for writing. */
const typescriptOf = (root: KernelRoot, pid: number): OpenFile | null => {
  const { output, others } = scriptArguments(
    parseArgv(readFileSync(`${root.proc}/${pid}/cmdline`)),
  );
  const written = writtenFiles(root, pid);
  const isNamed = (name: string) => (file: OpenFile) => basename(file.path) === basename(name);
  const rest = written.filter((file) => !others.some((name) => isNamed(name)(file)));
  return written.find(isNamed(output)) ?? (rest.length === 1 ? (rest[0] ?? null) : null);
};

/** Descriptors 0, 1 and 2 are its terminal, or wherever its caller sent them. */
const writtenFiles = (root: KernelRoot, pid: number): readonly OpenFile[] => {
  const folder = `${root.proc}/${pid}/fd`;
  return readdirSync(folder)
    .filter((fd) => Number(fd) > 2)
    .map((fd) => ({ fd, descriptor: `${folder}/${fd}` }))
    .filter(({ fd, descriptor }) => isWritten(root, pid, fd) && statSync(descriptor).isFile())
    .map(({ descriptor }) => ({
      descriptor,
      path: readlinkSync(descriptor).replace(/ \(deleted\)$/, ''),
    }));
};

/** O_WRONLY or O_RDWR of the flags in octal, proc_pid_fdinfo(5). */
const isWritten = (root: KernelRoot, pid: number, fd: string): boolean => {
  const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`${root.proc}/${pid}/fdinfo/${fd}`, 'utf8'));
  return (Number.parseInt(flags?.[1] ?? '0', 8) & 3) !== 0;
};

const readEnd = (path: string): string => {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, mostBytes));
    const count = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8', 0, count);
  } finally {
    closeSync(descriptor);
  }
};

const unreadable = (pid: number, error: unknown): Unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const denied = code === 'EACCES' || code === 'EPERM';
  return unknown(
    denied ? 'denied' : 'unsupported',
    `the file of script (pid ${pid}) can't be read (${code})`,
  );
};
