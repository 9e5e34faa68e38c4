import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { processStateText } from '../../process-state.ts';
import { showThreads } from '../../show-process.ts';
import { standstillCheck } from '../../standstill.ts';
import { isWaitedFor } from '../../waiting.ts';

/** The server waits inside the kernel, where no signal reaches it: for a disk, a network drive, a child. */
export const processBlocked: Check<EndpointFacts> = standstillCheck({
  id: 'process-blocked',
  title: 'the process that accepts does not wait inside the kernel',
  explains: silences,
  isStill: ({ state }) => state === 'D',
  mayBeOf: isWaitedFor,
  otherwise: 'no connection waits for a process that waits inside the kernel',
  says: (server) => `${server} waits inside the kernel`,
  evidence: processStateText,
  benignCauses: ['a slow disk or network drive that will answer in a moment'],
  actions: (first) => [
    showThreads(first, 'see what it waits for (the kernel function it sleeps in)'),
    {
      label: 'see where in the kernel it stands',
      ...byRoot('cat', `/proc/${first.pid}/stack`),
    },
  ],
});
