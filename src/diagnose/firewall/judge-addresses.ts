import type { Firewall } from '../../model/firewall.ts';
import type { EndpointFacts } from '../facts.ts';
import { judgeTrip, type Denial, type TripFate } from './judge-trip.ts';
import { type AddressTrip, tripsTo } from './trips.ts';

/** What a firewall does with the connection to one address of the target. */
export type AddressFate = AddressTrip & { readonly fate: TripFate };

/** A connection that a firewall stops; `sure`: whoever makes it, as far as that can be told. */
export type StoppedTrip = AddressTrip & { readonly denial: Denial; readonly sure: boolean };

/** What a firewall does with the connections to all addresses of the target, in the client's order. */
export const judgeAddresses = (firewall: Firewall, facts: EndpointFacts): readonly AddressFate[] =>
  tripsTo(facts).map((one) => ({ ...one, fate: judgeTrip(firewall, one.trip) }));

/**
 * The connections that are stopped. One that Homeport has made itself is not, whatever the rules
 * look like; who sent a message is not known where root asks: then a rule for one user may be it.
 */
export const stoppedTrips = (
  fates: readonly AddressFate[],
  facts: EndpointFacts,
): readonly StoppedTrip[] =>
  fates.flatMap(({ address, trip, fate }): readonly StoppedTrip[] => {
    if (fate.verdict === 'accept') return [];
    if (fate.verdict === 'unknown') {
      const { denial, because } = fate.doubt;
      const ofUser = trip.clientUid === null && because?.kind === 'uid';
      return denial !== null && ofUser && facts.symptom.from === 'message'
        ? [{ address, trip, denial, sure: false }]
        : [];
    }
    return hasConnected(address, facts) ? [] : [{ address, trip, denial: fate, sure: true }];
  });

/** Whether Homeport's own attempt at an address was made: no rule stops it then. */
export const hasConnected = (address: string, { attempts }: EndpointFacts): boolean =>
  attempts.some((one) => one.address === address && one.outcome === 'connected');
