import { covers } from '../model/covers.ts';
import { isKnown } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { EndpointFacts } from './facts.ts';
import { answersOf } from './answering.ts';
import { judgeAddresses } from './firewall/judge-addresses.ts';
import { placeText, redirectText } from './firewall/rule-text.ts';

/** A connection that a rule sends elsewhere, and that was made. */
export type Redirected = {
  /** The rule in a few words. */
  readonly rule: string;
  /** Where it goes: `127.0.0.1:4000`, `port 4000 of this machine`. */
  readonly to: string;
  /** Who listens there; null: it leads away, or nobody was seen. */
  readonly listener: InetListener | null;
};

/**
 * Where a firewall rule takes a connection that nobody listens for at the address itself, and that was
 * made all the same; null: no such rule, or the rules could not be read. Pure.
 */
export const redirectedTo = (facts: EndpointFacts): Redirected | null => {
  const { network, listeners, attempts, target } = facts;
  if (!isKnown(network) || !isKnown(network.firewall)) return null;
  const isMade = attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'connected');
  if (!isMade || answersOf(facts).some(({ listener }) => listener !== null)) return null;
  for (const { fate, trip } of judgeAddresses(network.firewall, facts)) {
    if (fate.redirect === null) continue;
    const { place, address, port } = fate.redirect;
    const destination = address ?? (trip.family === 'ipv4' ? '127.0.0.1' : '::1');
    const listener = listeners.find(
      (one): one is InetListener =>
        one.transport === 'tcp' &&
        one.namespace === 'this' &&
        one.port === (port ?? target.port) &&
        covers(one, destination),
    );
    return { rule: placeText(place), to: redirectText(fate.redirect), listener: listener ?? null };
  }
  return null;
};
