import type { Connection } from '../model/connection.ts';
import { covers } from '../model/covers.ts';
import { unmapped } from '../model/ip.ts';
import { isKnown, knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import { isWildcard } from '../model/scope.ts';
import type { EndpointTarget, Target } from '../model/target.ts';

/** The canonical addresses that a target's host stands for: null for any, empty for none. */
export type Addresses = readonly string[] | null;

/** What of a snapshot a target means. */
export type Selection = {
  readonly listeners: readonly Listener[];
  readonly connections: readonly Connection[];
};

/**
 * Picks the listeners and connections that a target means. An endpoint means the listeners that
 * would really answer there: on its address, or on a wildcard that covers it, in this network
 * namespace; the rows of other namespaces are chosen only for a port alone.
 */
export const select = (
  target: Target,
  addresses: Addresses,
  listeners: readonly Listener[],
  connections: readonly Connection[],
): Selection => {
  if (target.kind === 'endpoint') {
    const chosen = listeners.filter((listener) => answersAt(listener, target, addresses));
    return {
      listeners: chosen.sort(byPrecision),
      connections: connections.filter((connection) => touches(connection, target, addresses)),
    };
  }
  const chosen = listeners.filter((listener) => isMeant(listener, target));
  return {
    listeners: chosen,
    connections: connections.filter(
      (connection) =>
        chosen.some((listener) => isServer(connection, listener)) || isParty(connection, target),
    ),
  };
};

const answersAt = (listener: Listener, target: EndpointTarget, addresses: Addresses): boolean => {
  if (listener.transport === 'unix' || listener.port !== target.port) return false;
  if (target.transport !== null && listener.transport !== target.transport) return false;
  if (addresses === null) return true;
  return listener.namespace === 'this' && addresses.some((address) => covers(listener, address));
};

/** The kernel prefers the most precisely bound socket; the answering listener comes first. */
const byPrecision = (a: Listener, b: Listener): number => precision(a) - precision(b);

const precision = (listener: Listener): number => {
  if (listener.transport === 'unix') return 0;
  const namespace = listener.namespace === 'this' ? 0 : 10;
  const transport = listener.transport === 'tcp' ? 0 : 5;
  return (
    namespace + transport + (isWildcard(listener.address) ? (listener.address === '::' ? 2 : 1) : 0)
  );
};

const touches = (connection: Connection, target: EndpointTarget, addresses: Addresses): boolean =>
  (target.transport === null || connection.transport === target.transport) &&
  (addresses === null || connection.namespace === 'this') &&
  [connection.client, connection.server].some(
    (end) =>
      end.port === target.port &&
      (addresses === null ||
        addresses.some(
          (address) => isWildcard(address) || unmapped(address) === unmapped(end.address),
        )),
  );

const isMeant = (listener: Listener, target: Exclude<Target, EndpointTarget>): boolean => {
  if (target.kind === 'unix') {
    if (listener.transport !== 'unix') return false;
    return 'path' in target.name
      ? listener.path === target.name.path
      : listener.abstract === target.name.abstract;
  }
  const owners = knownOr(listener.owners, []);
  return target.kind === 'pid'
    ? owners.some((owner) => owner.pid === target.pid)
    : namesOf(listener).includes(target.name.toLowerCase());
};

/** The names by which a person may call a listener, lower case. */
export const namesOf = (listener: Listener): readonly string[] => {
  const program = knownOr(listener.program, null);
  const project = listener.project === null ? null : knownOr(listener.project, null);
  const { container } = listener;
  const origin = knownOr(listener.origin, null);
  const unit =
    origin?.id.startsWith('systemd') === true ? /(\S+)\.service/.exec(origin.label)?.[1] : null;
  const names = [
    program?.id,
    program?.name,
    project?.name,
    container === null ? null : knownOr(container.name, null),
    container?.compose?.project,
    container?.compose?.service,
    unit,
    ...knownOr(listener.owners, []).map((owner) => owner.name),
  ];
  return names.flatMap((name) => (typeof name === 'string' ? [name.toLowerCase()] : []));
};

/** The listener that a connection came in by: of those that cover its server's end the most precise. */
export const listenerOf = (
  connection: Connection,
  listeners: readonly Listener[],
): Listener | null =>
  listeners.filter((listener) => isServer(connection, listener)).toSorted(byPrecision)[0] ?? null;

const isServer = (connection: Connection, listener: Listener): boolean =>
  listener.transport !== 'unix' &&
  connection.transport === listener.transport &&
  connection.namespace === listener.namespace &&
  connection.server.port === listener.port &&
  covers(listener, connection.server.address);

const isParty = (connection: Connection, target: Exclude<Target, EndpointTarget>): boolean =>
  target.kind === 'pid' &&
  [connection.client, connection.server].some(
    (end) => isKnown(end.pid) && (end.pid === target.pid || end.alsoHeldBy.includes(target.pid)),
  );
