import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findStarter, inheritedVariable } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set(['supervisord']);

/** A program of Supervisor, http://supervisord.org/subprocess.html. */
export const supervisord: OriginDetector = {
  id: 'supervisord',
  detect: (facts) => {
    const daemon = findStarter(facts, names);
    const program = inheritedVariable(facts, 'SUPERVISOR_PROCESS_NAME');
    if (daemon === null && program === null) return null;
    return {
      label: program === null ? 'supervisord' : `supervisord program ${program.value}`,
      evidence: [
        ...(daemon === null ? [] : [ancestorEvidence(daemon)]),
        ...(program === null ? [] : [`environment SUPERVISOR_PROCESS_NAME=${program.value}`]),
      ],
      restarts: true,
      at: daemon?.at ?? program?.at ?? 0,
    };
  },
};
