import type { ProgramDetector } from '../program.ts';

/** Kibana brings its own Node and runs from its own folder. */
export const kibana: ProgramDetector = {
  id: 'kibana',
  name: 'Kibana',
  kind: 'tool',
  detect: ({ command }) =>
    command.runtime === 'node' && /\/kibana\/.*src\/cli\/dist$/.test(command.script ?? '')
      ? { evidence: [`script ${command.script}`] }
      : null,
};
