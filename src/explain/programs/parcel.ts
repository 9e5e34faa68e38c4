import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Parcel, version 2 and its predecessor. */
export const parcel: ProgramDetector = {
  id: 'parcel',
  name: 'Parcel',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'parcel') ?? byNpmTool(facts, 'parcel-bundler', []),
};
