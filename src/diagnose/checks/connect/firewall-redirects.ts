import { covers } from '../../../model/covers.ts';
import type { FailureClass } from '../../../model/failure.ts';
import type { InetListener, Listener } from '../../../model/listener.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import type { Check } from '../../check.ts';
import { failed, type Found, notApplicable, pass } from '../../check-result.ts';
import { describeListenerAt } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { detours, mistakenServers, refusals } from '../../failure-groups.ts';
import { judgeAddresses } from '../../firewall/judge-addresses.ts';
import type { Redirect } from '../../firewall/judge-trip.ts';
import type { AddressTrip } from '../../firewall/trips.ts';
import { hasNoPart, judgeFirewall, unreadRules } from '../../firewall/read-rules.ts';
import { deletion, lookAt } from '../../firewall/rule-actions.ts';
import { placeText, redirectText, whereText } from '../../firewall/rule-text.ts';

/** A rule sends the connection to another port or address (DNAT, REDIRECT): another server answers. */
export const firewallRedirects: Check<EndpointFacts> = {
  id: 'firewall-redirects',
  title: 'no firewall rule sends the connection elsewhere',
  stage: 'firewall',
  explains: [...new Set([...mistakenServers, ...detours])],
  judge: (facts) => {
    if (facts.addresses.length === 0 || hasNoPart(facts)) return notApplicable;
    return judgeFirewall(facts, (firewall) => {
      const redirected = judgeAddresses(firewall, facts).flatMap(({ fate, ...one }) =>
        fate.redirect === null ? [] : [{ ...one, redirect: fate.redirect }],
      );
      if (redirected.length > 0) return failed(...redirected.map((one) => found(one, facts)));
      return unreadRules(firewall) ?? pass('no rule sends it elsewhere');
    });
  },
};

type Redirected = AddressTrip & { readonly redirect: Redirect };

const found = (one: Redirected, facts: EndpointFacts): Found => {
  const { address, redirect } = one;
  const { place, hook } = redirect;
  const { meant, met } = answerers(one, facts);
  const where = endpointText(address, facts.target.port);
  return {
    id: 'firewall-redirects',
    severity: meant === null ? 'notice' : 'warning',
    title: `${placeText(place)} sends connections to ${where} on to ${redirectText(redirect)}${metText(met)}`,
    evidence: [
      `it stands in ${whereText(place, hook)}`,
      ...(met === 'elsewhere' || met === null
        ? []
        : [`${describeListenerAt(met)} answers instead`]),
      ...(meant === null ? [] : [`${describeListenerAt(meant)} listens, and is not reached`]),
    ],
    benignCauses: ['a proxy or a container publishes its port this way'],
    actions: [
      lookAt(place),
      deletion(place, 'new connections go to the port and address that they are made to'),
    ],
    explains: explainsOf(met),
  };
};

/** Who listens at the address that was asked, and who at the one that is reached. */
type Answerers = {
  readonly meant: InetListener | null;
  /** null: nobody; `elsewhere`: it leads away from this namespace. */
  readonly met: InetListener | null | 'elsewhere';
};

const answerers = (
  { trip, redirect }: Redirected,
  { listeners, target }: EndpointFacts,
): Answerers => {
  const destination = redirect.address ?? loopbacks[trip.family];
  const port = redirect.port ?? target.port;
  const isRead = redirect.to === null || redirect.address !== null || redirect.port !== null;
  const at = (address: string, number: number): InetListener | null =>
    listeners.find((one): one is InetListener => answers(one, trip.protocol, address, number)) ??
    null;
  return {
    meant: at(trip.destination, target.port),
    met: isRead && trip.isLocal(destination) ? at(destination, port) : 'elsewhere',
  };
};

const loopbacks = { ipv4: '127.0.0.1', ipv6: '::1' } as const;

const answers = (one: Listener, protocol: string, address: string, port: number): boolean =>
  one.transport !== 'unix' &&
  one.transport === protocol &&
  one.namespace === 'this' &&
  one.port === port &&
  covers(one, address);

const metText = (met: Answerers['met']): string => (met === null ? ', where nobody listens' : '');

const explainsOf = (met: Answerers['met']): readonly FailureClass[] => {
  if (met === null) return refusals;
  return met === 'elsewhere' ? [...new Set([...mistakenServers, ...detours])] : mistakenServers;
};
