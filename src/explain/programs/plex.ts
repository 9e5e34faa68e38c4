import type { ProgramDetector } from '../program.ts';

/** Plex's server has spaces in its name. */
export const plex: ProgramDetector = {
  id: 'plex',
  name: 'Plex Media Server',
  kind: 'tool',
  detect: ({ exe, command }) => {
    const path = exe ?? command.argv[0] ?? '';
    return path.endsWith('/Plex Media Server') ? { evidence: [`executable ${path}`] } : null;
  },
};
