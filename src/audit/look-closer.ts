import type { Action } from '../model/finding.ts';

/** The action that shows all that is known of a process. */
export const lookCloser = (pid: number): Action => ({
  label: 'see its command, folder, origin and connections',
  command: `homeport explain pid:${pid} --verbose`,
});
