import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/**
 * systemd itself, as pid 1 or as a user's manager: it holds the sockets of units that it activates
 * on demand.
 */
export const systemd: ProgramDetector = {
  id: 'systemd',
  name: 'systemd',
  kind: 'system',
  detect: (facts) =>
    byExecutable(facts, 'systemd') ??
    (facts.comm === 'systemd' && facts.command.executable === 'init'
      ? { evidence: ['comm systemd'] }
      : null),
};
