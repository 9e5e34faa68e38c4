import type { ProgramDetector } from '../program.ts';
import { byJar } from '../program-match-java.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byExecutable } from '../program-match.ts';

/** The Firebase CLI, and the emulators that it starts as jars or as its own binary. */
export const firebase: ProgramDetector = {
  id: 'firebase',
  name: 'Firebase emulators',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, 'firebase-tools', ['firebase']) ??
    byJar(facts, 'cloud-firestore-emulator') ??
    byJar(facts, 'firebase-database-emulator') ??
    byExecutable(facts, 'firebase'),
};
