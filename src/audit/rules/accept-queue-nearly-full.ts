import { isUnknown } from '../../model/known.ts';
import type { Listener } from '../../model/listener.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../check-result.ts';
import { endpointText, programName } from '../listener-facts.ts';
import type { Rule } from '../rule.ts';

/** The share of the backlog from which on a listener is worth a look. */
const nearlyFull = 0.7;

/**
 * Connections wait to be accepted, close to the backlog's end. listen(2): the kernel drops what
 * comes when more than the backlog wait, and clients see it as a time-out.
 */
export const acceptQueueNearlyFull: Rule = {
  id: 'accept-queue-nearly-full',
  title: 'Accept queue near its limit',
  judge: ({ listener }) => {
    const { queue } = listener;
    if (queue === null) return notApplicable;
    if (isUnknown(queue.limit))
      return couldNotCheck(`the backlog could not be read: ${queue.limit.unknown}`);
    const { length, limit } = queue;
    if (length === 0 || length < limit * nearlyFull) return pass;
    const full = length > limit;
    return failed({
      id: 'accept-queue-nearly-full',
      severity: full ? 'critical' : 'warning',
      title: full
        ? `${programName(listener)} on ${endpointText(listener)} does not accept: new connections are dropped`
        : `${programName(listener)} on ${endpointText(listener)} accepts slower than connections come`,
      evidence: [`${length} connections wait to be accepted, the backlog is ${limit}`],
      benignCauses: [
        'a burst of connections that is over in a moment',
        'it stands still in a debugger',
      ],
      actions: [{ label: 'look again in a moment', command: watchCommand(listener) }],
    });
  },
};

const watchCommand = (listener: Listener): string | null =>
  listener.transport === 'unix' ? null : `homeport ls --watch ${listener.port}`;
