import { isUnknown } from '../../model/known.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../check-result.ts';
import { endpointText, programName } from '../listener-facts.ts';
import { lookCloser } from '../look-closer.ts';
import type { Rule } from '../rule.ts';
import { isInMemory } from '../temporary-path.ts';

/** The file a program was started from is gone or another one: what runs is not what is on disk. */
export const deletedExecutable: Rule = {
  id: 'deleted-executable',
  title: 'Executable deleted or replaced',
  judge: ({ listener, process }) => {
    if (process === null) return couldNotCheck('its owner could not be read');
    if (process.kernelThread) return notApplicable;
    if (isUnknown(process.exe))
      return couldNotCheck(`its executable could not be read: ${process.exe.unknown}`);
    const { path, deleted } = process.exe;
    if (isInMemory(path)) return notApplicable;
    if (!deleted) return pass;
    return failed({
      id: 'deleted-executable',
      severity: 'notice',
      title: `${programName(listener)} on ${endpointText(listener)} runs an executable that was deleted or replaced`,
      evidence: [`executable ${path} (deleted)`, `started ${process.startedAt}`],
      benignCauses: [
        'an upgrade or a new build has replaced the file since the start',
        'it was started from a temporary folder that has been emptied',
      ],
      actions: [
        { label: 'start it again to run what is installed now', command: null },
        lookCloser(process.pid),
      ],
    });
  },
};
