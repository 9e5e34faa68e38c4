import { isUnknown, type Known, type Unknown, unknown } from '../../model/known.ts';
import type { Process } from '../../model/process.ts';
import type { ProcessDetail } from '../host.ts';
import { errno, isDenied } from './errno.ts';
import { parseCgroup } from './process-cgroup.ts';
import { parseEnvironment } from './process-environment.ts';
import { executableOf } from './process-executable.ts';
import type { ProcessFolder } from './process-folder.ts';
import type { ProcessStat } from './process-stat.ts';
import type { KernelRoot } from './root.ts';

/** A process whose folder is open and whose `stat` has been read. */
export type OpenedProcess = {
  readonly pid: number;
  readonly folder: ProcessFolder;
  readonly stat: ProcessStat;
};

/** What the kernel shows only to those who may trace the process (ptrace(2), access mode checks). */
type GuardedFacts = Pick<Process, 'exe' | 'cwd' | 'namespaces' | 'environment'>;

/** Reads what is guarded by one and the same check: the first refusal stands for all of it. */
export const guardedFacts = (
  root: KernelRoot,
  { pid, folder, stat }: OpenedProcess,
  detail: ProcessDetail,
): GuardedFacts => {
  const cwd = linkFact(folder, 'cwd');
  if (isUnknown(cwd) && cwd.unknown === 'denied') return allUnknown(cwd);
  const full = detail === 'full';
  const namespaces = {
    net: full ? linkFact(folder, 'ns/net') : notRead,
    pid: full ? linkFact(folder, 'ns/pid') : notRead,
    mnt: linkFact(folder, 'ns/mnt'),
  };
  if (stat.kernelThread) return { exe: noExecutable, cwd, namespaces, environment: {} };
  const exe = linkFact(folder, 'exe');
  return {
    exe: isUnknown(exe) ? exe : executableOf(root, pid, exe),
    cwd,
    namespaces,
    environment: fileFact(folder, 'environ', (bytes) => parseEnvironment(bytes.toString())),
  };
};

/** The effective uid. */
export const uidOf = (folder: ProcessFolder): Known<number> => {
  const uid = folder.uid();
  return uid < 0 ? unknownField(-uid) : uid;
};

/** The cgroup path that says most. */
export const cgroupOf = (folder: ProcessFolder): Known<string> =>
  fileFact(
    folder,
    'cgroup',
    (bytes) => parseCgroup(bytes.toString()) ?? unknown('unsupported', 'it is in no cgroup'),
  );

/** Open descriptors and their limits: costly to count, and so only in full detail. */
export const filesOf = (folder: ProcessFolder, detail: ProcessDetail): Process['files'] =>
  detail === 'brief'
    ? { open: notRead, limit: notRead }
    : {
        open: folder.countFiles() ?? unknown('denied'),
        ...limitsOf(folder),
      };

const limitsOf = (folder: ProcessFolder): Omit<Process['files'], 'open'> => {
  const limits = fileFact(folder, 'limits', parseOpenFileLimits);
  return isUnknown(limits)
    ? { limit: limits, hardLimit: limits }
    : { limit: limits.soft, hardLimit: limits.hard };
};

/** What `parse` makes of one file; unknown where it could not be read. */
export const fileFact = <T>(
  folder: ProcessFolder,
  name: Parameters<ProcessFolder['file']>[0],
  parse: (bytes: Buffer) => T,
): T | Unknown => {
  const content = folder.file(name);
  return typeof content === 'number' ? unknownField(content) : parse(content);
};

const linkFact = (
  folder: ProcessFolder,
  name: Parameters<ProcessFolder['link']>[0],
): Known<string> => {
  const target = folder.link(name);
  return typeof target === 'number' ? unknownField(target) : target;
};

const unknownField = (number: number): Unknown => {
  if (isDenied(number)) return unknown('denied');
  if (number === errno.ENOENT || number === errno.ESRCH) return unknown('gone');
  return unknown('unsupported', `errno ${number}`);
};

const notRead = unknown('unsupported', 'read only in full detail');

const noExecutable = unknown('unsupported', 'a kernel thread runs no file');

const allUnknown = (why: Unknown): GuardedFacts => ({
  exe: why,
  cwd: why,
  namespaces: { net: why, pid: why, mnt: why },
  environment: why,
});

/** The limits of `Max open files` in the bytes of a proc_pid_limits(5) file. */
export const parseOpenFileLimits = (
  bytes: Buffer,
): { readonly soft: Known<number>; readonly hard: Known<number> } => {
  const [, soft, hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(bytes.toString()) ?? [];
  return { soft: limitOf(soft), hard: limitOf(hard) };
};

const limitOf = (text: string | undefined): Known<number> =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : unknown('unsupported', 'there is none');
