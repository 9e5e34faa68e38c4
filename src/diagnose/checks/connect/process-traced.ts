import { shellCommand } from '../../../model/shell-quote.ts';
import type { Check } from '../../check.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { processStateText } from '../../process-state.ts';
import { standstillCheck } from '../../standstill.ts';
import { isTakenUp } from '../../waiting.ts';

/**
 * A debugger holds the server still: at a breakpoint, or since it was attached. Where it holds one
 * thread alone, another may accept.
 */
export const processTraced: Check<EndpointFacts> = standstillCheck({
  id: 'process-traced',
  title: 'no debugger holds the process that accepts',
  explains: silences,
  isStill: ({ state }) => state === 't',
  mayBeOf: (listener, facts) => !isTakenUp(listener, facts),
  otherwise: 'no debugger holds the process that accepts',
  says: (server) => `a debugger holds ${server}`,
  evidence: processStateText,
  benignCauses: ['it stands at a breakpoint that somebody has set'],
  actions: ({ pid }) => [
    {
      label: 'see which process traces it (0: none any more)',
      command: shellCommand('grep', 'TracerPid', `/proc/${pid}/status`),
    },
    {
      label: 'tell the debugger to continue, or end it: a debugger that ends lets go',
      command: null,
    },
  ],
});
