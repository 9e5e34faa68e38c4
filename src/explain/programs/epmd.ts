import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Erlang's port mapper, which an Erlang node starts and leaves. */
export const epmd: ProgramDetector = {
  id: 'epmd',
  name: 'epmd',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'epmd'),
};
