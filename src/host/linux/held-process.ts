import { constants } from 'node:os';
import type { EndingSignal, ProcessExit, SignalDelivery } from '../../model/ending.ts';
import { type Known, unknown } from '../../model/known.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { HeldProcess } from '../host-control.ts';
import { errno, isDenied } from './errno.ts';
import type { Ffi } from './ffi.ts';
import { readExit } from './process-exit.ts';

/** Whether that very process runs now: `isRunning` of processes.ts. */
export type StillRuns = (identity: ProcessIdentity) => boolean;

// The same on every architecture (include/uapi/asm-generic/unistd.h).
const pidfdSendSignal = 424;
const pidfdOpen = 434;

/**
 * Takes hold of that very process by pidfd_open(2). The identity is compared after that: the descriptor
 * is then known to be that process's, and stays so when the pid is given to another. Without native
 * calls, or under a kernel or a sandbox without that call, by the pid alone.
 */
export const holdProcess = (
  ffi: Ffi | null,
  stillRuns: StillRuns,
  identity: ProcessIdentity,
): Known<HeldProcess> => {
  const descriptor = ffi === null ? -1 : ffi.syscall(pidfdOpen, identity.pid, 0, 0, 0);
  if (ffi !== null && descriptor < 0 && isEnded(ffi.errno())) return ended;
  if (!stillRuns(identity)) {
    if (descriptor >= 0) ffi?.close(descriptor);
    return ended;
  }
  return ffi === null || descriptor < 0
    ? heldByPid(stillRuns, identity)
    : heldByDescriptor(ffi, descriptor, stillRuns, identity);
};

const ended = unknown('gone', 'it has ended');

/** EINVAL: the number is a thread's by now. */
const isEnded = (number: number): boolean => number === errno.ESRCH || number === 22;

const heldByDescriptor = (
  ffi: Ffi,
  descriptor: number,
  stillRuns: StillRuns,
  identity: ProcessIdentity,
): HeldProcess => {
  const hasEnded = (): boolean => isReadable(ffi, descriptor);
  return {
    method: 'pidfd',
    signal: (name) => {
      if (hasEnded() || !stillRuns(identity)) return 'gone';
      const sent = ffi.syscall(pidfdSendSignal, descriptor, constants.signals[name], 0, 0);
      return sent === 0 ? 'sent' : refusal(ffi.errno());
    },
    hasEnded,
    exit: () => readExit(ffi, descriptor),
    release: () => void ffi.close(descriptor),
  };
};

const refusal = (number: number): SignalDelivery => (isDenied(number) ? 'denied' : 'gone');

const pollIn = 1;

/** A pidfd is readable once the process has ended (pidfd_open(2)). */
const isReadable = (ffi: Ffi, descriptor: number): boolean => {
  const question = ffi.allocate(8);
  question.bytes.writeInt32LE(descriptor, 0);
  question.bytes.writeInt16LE(pollIn, 4);
  return ffi.poll(question.address, 1, 0) > 0;
};

const heldByPid = (stillRuns: StillRuns, identity: ProcessIdentity): HeldProcess => ({
  method: 'pid',
  signal: (name) => (stillRuns(identity) ? kill(identity.pid, name) : 'gone'),
  hasEnded: () => !stillRuns(identity),
  exit: (): Known<ProcessExit> => unknown('unsupported', 'only its parent is told'),
  release: () => {},
});

const kill = (pid: number, name: EndingSignal): SignalDelivery => {
  try {
    process.kill(pid, name);
    return 'sent';
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EPERM';
    return denied ? 'denied' : 'gone';
  }
};
