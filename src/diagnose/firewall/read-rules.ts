import type { Firewall } from '../../model/firewall.ts';
import type { CheckResult } from '../../model/finding.ts';
import { isKnown, isUnknown } from '../../model/known.ts';
import { couldNotCheck } from '../check-result.ts';
import type { EndpointFacts, MachineFacts } from '../facts.ts';
import { judgeNetwork, reasonOf } from '../judge-known.ts';

/** Judges the firewall's rules where they were read; where that takes root, says how to have it done. */
export const judgeFirewall = (
  facts: MachineFacts,
  judge: (firewall: Firewall) => CheckResult,
): CheckResult =>
  judgeNetwork(facts, ({ firewall }) => {
    if (!isUnknown(firewall)) return judge(firewall);
    const how = firewall.unknown === 'denied' ? ': sudo homeport doctor' : '';
    return couldNotCheck(`${reasonOf(firewall)}${how}`);
  });

/** Whether some rules could not be read: what the others let through may then be stopped yet. */
export const unreadRules = ({ notes }: Firewall): CheckResult | null =>
  notes.length === 0 ? null : couldNotCheck(`not all rules could be read: ${notes.join('; ')}`);

/**
 * Whether nobody asked for the rules, as they have no part in it: a connection was made, or refused
 * because nobody listens.
 */
export const hasNoPart = ({ network, attempts, answering }: EndpointFacts): boolean =>
  isKnown(network) &&
  isUnknown(network.firewall) &&
  network.firewall.unknown !== 'denied' &&
  attempts.length > 0 &&
  attempts.every(
    ({ outcome }) => outcome === 'connected' || (outcome === 'refused' && answering.length === 0),
  );
