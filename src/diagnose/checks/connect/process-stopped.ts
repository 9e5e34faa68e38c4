import { byOwner } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { processStateText } from '../../process-state.ts';
import { explainProcess } from '../../show-process.ts';
import { standstillCheck } from '../../standstill.ts';

/** The server is stopped by a signal: the kernel makes connections for it, and it takes none up. */
export const processStopped: Check<EndpointFacts> = standstillCheck({
  id: 'process-stopped',
  title: 'the process that accepts is not stopped',
  explains: silences,
  isStill: ({ state }) => state === 'T',
  otherwise: 'the process that accepts is not stopped',
  says: (server) => `${server} is stopped`,
  evidence: processStateText,
  benignCauses: ['Ctrl-Z was pressed in its terminal', 'somebody paused it on purpose'],
  actions: (first, all, facts) => [
    {
      label: 'let it go on (or type fg in its terminal)',
      ...byOwner(first, facts, 'kill', '-CONT', ...all.map(({ pid }) => `${pid}`)),
      changes: 'the process runs on and answers what has waited',
    },
    explainProcess(first.pid, 'see why it runs, and where its terminal is'),
  ],
});
