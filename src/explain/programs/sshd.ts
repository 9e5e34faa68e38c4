import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/**
 * OpenSSH's server, and the processes of its sessions: a forward back to this machine listens in
 * one.
 */
export const sshd: ProgramDetector = {
  id: 'sshd',
  name: 'OpenSSH server',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'sshd', 'sshd-session', 'sshd-auth', 'dropbear'),
};
