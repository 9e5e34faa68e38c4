import type { Check } from '../../check.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { processStateText } from '../../process-state.ts';
import { explainProcess, showThreads } from '../../show-process.ts';
import { standstillCheck } from '../../standstill.ts';
import { isTakenUp } from '../../waiting.ts';

/**
 * The server's main thread has ended, and another keeps its socket open (proc(5), state Z), which may
 * accept all the same.
 */
export const processZombie: Check<EndpointFacts> = standstillCheck({
  id: 'process-zombie',
  title: 'the process that accepts has not ended',
  explains: [...silences, 'connection-reset'],
  isStill: ({ state }) => state === 'Z' || state === 'X',
  mayBeOf: (listener, facts) => !isTakenUp(listener, facts),
  otherwise: 'the process that accepts runs',
  says: (server) => `${server} has ended but for its sockets`,
  evidence: (process, facts) =>
    `${processStateText(process, facts)}, of ${process.threads} threads; its parent is ${process.ppid}`,
  benignCauses: ['it is just ending', 'its main thread has ended on purpose and others go on'],
  actions: (first) => [
    explainProcess(first.ppid, 'see its parent, which has not collected it'),
    showThreads(first, 'see which of its threads are left'),
  ],
});
