import { isKnown, isUnknown } from '../../../model/known.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { targetText } from '../../../model/target-text.ts';
import { answersOf } from '../../answering.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable } from '../../check-result.ts';
import { describeListenerAt } from '../../describe-listener.ts';
import { dialText } from '../../dial-text.ts';
import type { EndpointFacts } from '../../facts.ts';
import { isQueueFull } from '../../waiting.ts';

/** Somebody listens, connecting fails all the same, and the rules that could say why are root's to read. */
export const firewallUnread: Check<EndpointFacts> = {
  id: 'firewall-unread',
  title: 'the firewall can be read where it may be the reason',
  stage: 'firewall',
  explains: [
    'connection-refused',
    'timeout',
    'unreachable',
    'permission-denied',
    'connection-reset',
    'proxy-error',
  ],
  judge: (facts) => {
    const { network } = facts;
    if (!isKnown(network)) return couldNotCheck('the network was not read');
    const isDenied = isUnknown(network.firewall) && network.firewall.unknown === 'denied';
    const met = isDenied ? stoppedAt(facts) : null;
    return met === null ? notApplicable : found(met, facts);
  },
};

type Stopped = {
  readonly attempt: EndpointFacts['attempts'][number];
  readonly listener: NonNullable<ReturnType<typeof answersOf>[number]['listener']>;
};

const stoppedAt = (facts: EndpointFacts): Stopped | null => {
  const [first] = facts.attempts;
  if (first === undefined || !byRules.has(first.outcome)) return null;
  const listener = answersOf(facts).find(({ address }) => address === first.address)?.listener;
  return listener === undefined || listener === null || isQueueFull(listener)
    ? null
    : { attempt: first, listener };
};

/** What a rule makes of a connection: drop, reject with a reset or by ICMP. */
const byRules: ReadonlySet<string> = new Set([
  'refused',
  'timed-out',
  'reset',
  'no-route',
  'denied',
]);

const found = ({ attempt, listener }: Stopped, { target }: EndpointFacts) => {
  const where = endpointText(attempt.address, attempt.port);
  return failed({
    id: 'firewall-unread',
    severity: 'warning',
    title: `it may be a firewall that keeps connections from ${where}: ${describeListenerAt(listener)} listens there, and only root can read the rules`,
    evidence: [`${describeListenerAt(listener)} listens`, dialText(attempt)],
    benignCauses: ['the server has ended, or has begun to listen, in this very moment'],
    actions: [{ label: 'read the rules too', ...byRoot('homeport', 'why', targetText(target)) }],
  });
};
