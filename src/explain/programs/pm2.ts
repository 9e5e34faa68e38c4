import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byTitle, versionAfter } from '../program-match.ts';

/** PM2's daemon titles itself `PM2 v5.3.0: God Daemon (/home/ann/.pm2)`. */
export const pm2: ProgramDetector = {
  id: 'pm2',
  name: 'PM2',
  kind: 'tool',
  detect: (facts) => {
    const titled = byTitle(facts, 'PM2 ');
    return titled === null
      ? byNpmTool(facts, 'pm2')
      : { ...titled, ...versionAfter(facts.command.title, 'PM2 ') };
  },
};
