import type { ProgramDetector } from '../program.ts';

/** CouchDB, in Erlang's emulator. */
export const couchdb: ProgramDetector = {
  id: 'couchdb',
  name: 'CouchDB',
  kind: 'database',
  detect: ({ command }) => {
    const option =
      command.runtime === 'erlang'
        ? command.runtimeArguments.find((argument) => argument.includes('/couchdb/'))
        : undefined;
    return option === undefined ? null : { evidence: [`argument ${option}`] };
  },
};
