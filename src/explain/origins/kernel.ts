import type { OriginDetector } from '../origin.ts';

/** A thread of the kernel: no program and no parent started it. */
export const kernel: OriginDetector = {
  id: 'kernel',
  detect: ({ chain }) =>
    chain[0]?.process.kernelThread === true
      ? { label: 'the kernel', evidence: ['it is a kernel thread'], restarts: null, at: 0 }
      : null,
};
