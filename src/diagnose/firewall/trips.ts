import { covers } from '../../model/covers.ts';
import type { NumberRange } from '../../model/firewall.ts';
import { familyOf, unmapped } from '../../model/ip.ts';
import { isKnown, knownOr } from '../../model/known.ts';
import type { Route } from '../../model/network.ts';
import { isLoopback } from '../../model/scope.ts';
import type { Family } from '../../model/socket.ts';
import type { EndpointFacts, MachineFacts } from '../facts.ts';
import { interfaceWith } from '../own-address.ts';
import type { Trip } from './path.ts';

/** The connection that a client makes to one address of the target. */
export type AddressTrip = { readonly address: string; readonly trip: Trip };

/** One trip for each address that the client tries; text that is no address is left out. Pure. */
export const tripsTo = (facts: EndpointFacts): readonly AddressTrip[] =>
  facts.addresses.flatMap((address) => {
    const destination = reached[unmapped(address)] ?? unmapped(address);
    const family = familyOf(destination);
    return family === null ? [] : [{ address, trip: tripTo(destination, family, facts) }];
  });

/** A connection of two programs over loopback, to whatever port and as whatever user. Pure. */
export const loopbackTrip = (family: Family, facts: MachineFacts): Trip => ({
  family,
  protocol: 'tcp',
  source: family === 'ipv4' ? '127.0.0.1' : '::1',
  destination: family === 'ipv4' ? '127.0.0.1' : '::1',
  sourcePorts: ephemeralPorts(facts),
  destinationPorts: { first: 1, last: 65_535 },
  interface: 'lo',
  clientUid: null,
  serverUid: null,
  isLocal: localIn(facts),
});

/** Connecting to the wildcard reaches this machine's loopback address of that family. */
const reached: Readonly<Record<string, string | undefined>> = {
  '0.0.0.0': '127.0.0.1',
  '::': '::1',
};

const tripTo = (destination: string, family: Family, facts: EndpointFacts): Trip => {
  const { target, answering } = facts;
  const isLocal = localIn(facts);
  const route = routeTo(destination, facts);
  const server = answering.find((one) => one.transport !== 'unix' && covers(one, destination));
  return {
    family,
    protocol: target.transport ?? 'tcp',
    source: route?.source ?? (isLocal(destination) ? ownSource(destination) : ''),
    destination,
    sourcePorts: ephemeralPorts(facts),
    destinationPorts: { first: target.port, last: target.port },
    interface: isLocal(destination) ? 'lo' : (route?.interface ?? null),
    clientUid: clientUid(facts),
    serverUid: server === undefined ? null : knownOr(server.uid, null),
    isLocal,
  };
};

const routeTo = (destination: string, { network }: MachineFacts): Route | null => {
  const route = isKnown(network) ? network.routes[destination] : undefined;
  return route === undefined ? null : knownOr(route, null);
};

/** The kernel answers from the address that was asked, but for the block of 127.0.0.0/8. */
const ownSource = (destination: string): string =>
  isLoopback(destination) && !destination.includes(':') ? '127.0.0.1' : destination;

/** Root reads the rules for somebody else's message: whose connection failed it does not tell. */
const clientUid = ({ asker, symptom }: EndpointFacts): number | null => {
  const uid = knownOr(asker, null)?.uid ?? null;
  return uid === 0 && symptom.from === 'message' ? null : uid;
};

const ephemeralPorts = ({ snapshot }: MachineFacts): NumberRange =>
  knownOr(snapshot.machine.ephemeralRange, { first: 1024, last: 65_535 });

const localIn =
  ({ snapshot }: MachineFacts): Trip['isLocal'] =>
  (address) =>
    isLoopback(address) || interfaceWith(address, snapshot.interfaces) !== null;
