import { isUnknown } from '../../model/known.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../check-result.ts';
import { endpointText, programName } from '../listener-facts.ts';
import { lookCloser } from '../look-closer.ts';
import type { Rule } from '../rule.ts';
import { temporaryPathOf } from '../temporary-path.ts';

/** A program that runs from a temporary folder or from memory, where installed programs are not. */
export const temporaryExecutable: Rule = {
  id: 'temporary-executable',
  title: 'Runs from a temporary folder or from memory',
  judge: ({ listener, process }) => {
    if (process === null) return couldNotCheck('its owner could not be read');
    if (process.kernelThread) return notApplicable;
    if (isUnknown(process.exe))
      return couldNotCheck(`its executable could not be read: ${process.exe.unknown}`);
    const path = temporaryPathOf(process.exe.path);
    if (path === null) return pass;
    const { kind, known } = path;
    const where = kind === 'memory' ? 'memory' : 'a temporary folder';
    return failed({
      id: 'temporary-executable',
      severity: known === null ? (kind === 'memory' ? 'warning' : 'notice') : 'info',
      title: `${programName(listener)} on ${endpointText(listener)} runs from ${where}`,
      evidence: [`executable ${process.exe.path}`],
      benignCauses:
        known === null
          ? ['`go run`, an installer, an upgrade or a test run builds or unpacks its program there']
          : [known],
      actions: [lookCloser(process.pid)],
    });
  },
};
