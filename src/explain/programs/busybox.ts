import type { Command } from '../command.ts';
import type { ProgramDetector } from '../program.ts';
import { isNamed } from '../program-match.ts';

/** BusyBox under any of its names; the label says which applet. */
export const busybox: ProgramDetector = {
  id: 'busybox',
  name: 'BusyBox',
  kind: 'tool',
  detect: ({ exe, command }) =>
    (exe !== null && isNamed(exe, 'busybox')) || command.executable === 'busybox'
      ? {
          evidence: [`executable ${exe ?? command.executable}`],
          label: `busybox ${applet(command)}`.trim(),
        }
      : null,
};

const applet = ({ executable, words }: Command): string =>
  executable === 'busybox' ? (words[0] ?? '') : executable;
