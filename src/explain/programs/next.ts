import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byTitle, versionAfter } from '../program-match.ts';

/**
 * Next.js, dev and production: the server titles itself `next-server (v16.0.1)`, which `comm` cuts
 * short.
 */
export const next: ProgramDetector = {
  id: 'next',
  name: 'Next.js',
  kind: 'dev-server',
  detect: (facts) => {
    const titled = byTitle(facts, 'next-server');
    if (titled !== null)
      return { ...titled, ...versionAfter(facts.command.title, 'next-server (') };
    return facts.comm.startsWith('next-server')
      ? { evidence: [`comm ${facts.comm}`] }
      : byNpmTool(facts, 'next');
  },
};
