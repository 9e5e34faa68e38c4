import type { Action } from '../model/finding.ts';
import { isUnknown, knownOr } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { byRoot } from './as-root.ts';
import { listenerEndpoint } from './describe-listener.ts';
import type { EndpointFacts } from './facts.ts';
import { independentHolders } from './holder-processes.ts';

/**
 * `homeport free` for listeners that are in the way; null where it would refuse one of them: it ends
 * no other user's process but by the manager that runs it.
 */
export const freeHolders = (
  listeners: readonly InetListener[],
  facts: EndpointFacts,
): Action | null => {
  const rights = new Set(listeners.map((one) => rightOver(one, facts)));
  if (rights.size === 0 || rights.has('none')) return null;
  const words = ['homeport', 'free', ...new Set(listeners.map(targetText))];
  return {
    label: 'free the port: see the plan first, it asks before it does anything',
    changes: 'who holds it is stopped, if you agree to the plan',
    ...(rights.has('root') ? byRoot(...words) : { command: shellCommand(...words) }),
  };
};

/** A number alone means TCP to `free`, as everywhere. */
const targetText = (listener: InetListener): string =>
  `${listener.transport === 'udp' ? 'udp://' : ''}${listenerEndpoint(listener)}`;

/** Whose right it takes to have a listener stopped. */
const rightOver = (listener: InetListener, facts: EndpointFacts): 'own' | 'root' | 'none' => {
  if (listener.container !== null) return 'own';
  if (isUnknown(listener.owners)) return 'root';
  const origin = knownOr(listener.origin, null);
  if (origin?.id === 'systemd-unit')
    return origin.label.startsWith('systemd user ') ? 'own' : 'root';
  const holders = independentHolders(listener, facts.snapshot);
  if (holders.length === 0) return 'none';
  return holders.some((process) => isOfAnother(process, facts)) ? 'none' : 'own';
};

/** Root is no exception: `free` refuses all the same what is not of who asked. */
const isOfAnother = (process: Process, { asker }: EndpointFacts): boolean => {
  const uid = knownOr(process.uid, null);
  const asking = knownOr(asker, null)?.uid ?? null;
  return uid !== null && asking !== null && uid !== asking;
};
