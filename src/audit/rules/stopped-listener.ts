import { couldNotCheck, failed, pass } from '../check-result.ts';
import { endpointText, programName } from '../listener-facts.ts';
import type { Rule } from '../rule.ts';

/** A process that listens but stands still: the kernel completes connections, nobody answers. */
export const stoppedListener: Rule = {
  id: 'stopped-listener',
  title: 'Listens but is stopped',
  judge: ({ listener, process }) => {
    if (process === null) return couldNotCheck('its owner could not be read');
    if (process.state !== 'T' && process.state !== 't') return pass;
    const traced = process.state === 't';
    return failed({
      id: 'stopped-listener',
      severity: 'warning',
      title: `${programName(listener)} on ${endpointText(listener)} is stopped: connections succeed and then hang`,
      evidence: [
        `process ${process.pid} is in state ${process.state} (${traced ? 'held by a debugger' : 'stopped by a signal'})`,
      ],
      benignCauses: traced
        ? ['somebody is debugging it']
        : ['Ctrl-Z was pressed in its terminal', 'somebody paused it on purpose'],
      actions: traced
        ? []
        : [
            {
              label: 'let it go on (or type `fg` in its terminal)',
              command: `kill -CONT ${process.pid}`,
            },
          ],
    });
  },
};
