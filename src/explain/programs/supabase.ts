import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byExecutable } from '../program-match.ts';

/** The Supabase CLI; the services themselves run in containers. */
export const supabase: ProgramDetector = {
  id: 'supabase',
  name: 'Supabase CLI',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'supabase') ?? byNpmTool(facts, 'supabase'),
};
