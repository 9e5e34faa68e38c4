import type { ProgramDetector } from '../program.ts';

/** Postfix's master process: its base name alone would be anybody's. */
export const postfix: ProgramDetector = {
  id: 'postfix',
  name: 'Postfix',
  kind: 'system',
  detect: ({ exe, command }) => {
    const path = exe ?? command.argv[0] ?? '';
    return path.endsWith('/postfix/sbin/master') || path.endsWith('/libexec/postfix/master')
      ? { evidence: [`executable ${path}`] }
      : null;
  },
};
