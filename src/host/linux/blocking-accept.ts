import type { FileReader } from './file-reader.ts';
import { numberedEntries } from './numbered-entries.ts';

// accept(2) and accept4(2) by architecture: arch/x86/entry/syscalls/syscall_64.tbl and
// include/uapi/asm-generic/unistd.h, which arm64 and riscv64 use.
const acceptCalls: Readonly<Partial<Record<string, readonly number[]>>> = {
  x64: [43, 288],
  arm64: [202, 242],
  riscv64: [202, 242],
};

const mostThreads = 64;

/**
 * The descriptors that a process's threads (the first 64) block in accept(2) on at this moment, from
 * /proc/PID/task/TID/syscall. Empty too where the kernel refuses to show it.
 */
export const blockingAccepts = (
  read: FileReader,
  procRoot: string,
  pid: number,
  architecture: string = process.arch,
): readonly number[] => {
  const tasks = numberedEntries(`${procRoot}/${pid}/task`);
  if (typeof tasks === 'number') return [];
  const fds = tasks.slice(0, mostThreads).map((task) => {
    const content = read(`${procRoot}/${pid}/task/${task}/syscall`);
    return typeof content === 'number'
      ? null
      : parseAccept(content.toString('latin1'), architecture);
  });
  return fds.filter((fd) => fd !== null);
};

/** The descriptor of a `syscall` file that shows accept(2) or accept4(2) as the current call, else null. */
export const parseAccept = (text: string, architecture: string): number | null => {
  const [call, descriptor] = text.split(' ');
  const isAccept = acceptCalls[architecture]?.includes(Number(call)) === true;
  return isAccept && descriptor !== undefined ? Number.parseInt(descriptor, 16) : null;
};
