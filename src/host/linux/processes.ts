import { readdirSync } from 'node:fs';
import { type Known, knownOr, type Unknown, unknown } from '../../model/known.ts';
import type { Process, ProcessIdentity } from '../../model/process.ts';
import type { ProcessDetail } from '../host.ts';
import { type BootFacts, msPerTick } from './boot.ts';
import { errno, isDenied } from './errno.ts';
import { isSomebodyElses } from './hidden-process.ts';
import { parseArgv } from './process-argv.ts';
import {
  cgroupOf,
  fileFact,
  filesOf,
  guardedFacts,
  type OpenedProcess,
  uidOf,
} from './process-fields.ts';
import type { OpenProcessFolder, ProcessFolder } from './process-folder.ts';
import { parseStat, type ProcessStat } from './process-stat.ts';
import type { KernelRoot } from './root.ts';

/** What reading processes needs to know of the machine. */
export type ProcessContext = {
  readonly root: KernelRoot;
  readonly open: OpenProcessFolder;
  readonly boot: BootFacts;
  readonly userName: (uid: number) => string | null;
};

/**
 * Reads one process. `gone`: it ended before all was read, or never was; `denied`: /proc hides it
 * from this user. A field that the kernel refuses is `denied` by itself. Never throws, and never
 * answers with parts of another process that was given the same pid.
 */
export const readProcess = (
  context: ProcessContext,
  pid: number,
  detail: ProcessDetail,
): Known<Process> => {
  const folder = context.open(pid);
  if (typeof folder === 'number') return notReadable(context, pid, folder);
  try {
    const stat = readStat(folder);
    if (typeof stat === 'number') return notReadable(context, pid, stat);
    const process = assemble(context, { pid, folder, stat }, detail);
    return folder.isStill(stat.startTicks) ? process : unknown('gone');
  } finally {
    folder.close();
  }
};

/** Whether that very process runs: not ended, not a zombie, and not another one with its pid. */
export const isRunning = (context: ProcessContext, identity: ProcessIdentity): boolean => {
  if (identity.bootId !== context.boot.bootId) return false;
  const folder = context.open(identity.pid);
  if (typeof folder === 'number') return false;
  const stat = readStat(folder);
  folder.close();
  if (typeof stat === 'number') return false;
  return stat.startTicks === identity.startTicks && !/[ZXx]/.test(stat.state);
};

/** Every pid that can be seen now, in the kernel's order; empty where /proc can't be listed. */
export const listPids = (root: KernelRoot): readonly number[] => {
  try {
    return readdirSync(root.proc).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
};

const readStat = (folder: ProcessFolder): ProcessStat | number => {
  const content = folder.file('stat');
  if (typeof content === 'number') return content;
  return parseStat(content.toString('utf8')) ?? errno.ESRCH;
};

/** With hidepid=2 a process of somebody else looks like none; the kernel still tells by signal 0. */
const notReadable = (context: ProcessContext, pid: number, number: number): Unknown =>
  isDenied(number) || (context.root.isReal && isSomebodyElses(pid))
    ? unknown('denied', "/proc hides other users' processes from this user (hidepid)")
    : unknown('gone');

const assemble = (
  { root, boot, userName }: ProcessContext,
  opened: OpenedProcess,
  detail: ProcessDetail,
): Process => {
  const { pid, folder, stat } = opened;
  const uid = uidOf(folder);
  const knownUid = knownOr(uid, null);
  return {
    pid,
    startTicks: stat.startTicks,
    bootId: boot.bootId,
    startedAt: new Date(boot.bootedAtMs + stat.startTicks * msPerTick).toISOString(),
    ppid: stat.ppid,
    processGroup: stat.processGroup,
    session: stat.session,
    tty: stat.tty,
    state: stat.state,
    kernelThread: stat.kernelThread,
    comm: stat.comm,
    argv: stat.kernelThread ? [] : fileFact(folder, 'cmdline', parseArgv),
    ...guardedFacts(root, opened, detail),
    uid,
    user: knownUid === null ? null : userName(knownUid),
    cgroup: cgroupOf(folder),
    threads: stat.threads,
    cpuMs: stat.cpuTicks * msPerTick,
    memoryBytes: stat.residentPages * boot.pageSize,
    files: filesOf(folder, detail),
  };
};
