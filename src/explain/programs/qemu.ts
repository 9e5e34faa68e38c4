import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** QEMU's emulators. */
export const qemu: ProgramDetector = {
  id: 'qemu',
  name: 'QEMU',
  kind: 'tool',
  detect: (facts) =>
    byExecutable(
      facts,
      'qemu-system-x86_64',
      'qemu-system-aarch64',
      'qemu-system-i386',
      'qemu-kvm',
    ),
};
