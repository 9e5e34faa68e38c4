import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';
import { sshForwardLabel } from '../ssh-forward.ts';

/**
 * OpenSSH's client; where it forwards, the label says from where to where. Forwards of its config
 * file it does not show.
 */
export const ssh: ProgramDetector = {
  id: 'ssh',
  name: 'ssh',
  kind: 'tunnel',
  detect: (facts) => {
    const detection = byExecutable(facts, 'ssh', 'autossh');
    if (detection === null) return null;
    const label = sshForwardLabel(facts.command.words);
    return label === null ? detection : { ...detection, label };
  },
};
