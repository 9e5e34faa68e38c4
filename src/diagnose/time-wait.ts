import type { Connection } from '../model/connection.ts';
import { unmapped } from '../model/ip.ts';
import { isLoopback } from '../model/scope.ts';
import type { MachineFacts } from './facts.ts';
import { interfaceWith } from './own-address.ts';

/** How many closed connections of this machine's clients to one server are in TIME_WAIT. */
export type Remains = { readonly address: string; readonly port: number; readonly count: number };

/** What there is of TIME_WAIT in this network namespace. */
export type TimeWait = {
  /** Of clients elsewhere too, who use up no port here. */
  readonly total: number;
  /** By server, the most first, whichever end closed. */
  readonly destinations: readonly Remains[];
};

/** Counts what is left of closed connections (RFC 9293 3.3.2). */
export const timeWaitRemains = (facts: MachineFacts): TimeWait => {
  const remains = facts.connections.filter(
    ({ transport, state, namespace }) =>
      transport === 'tcp' && state === 'time-wait' && namespace === 'this',
  );
  const byServer = Map.groupBy(
    remains.filter((one) => isOurs(one, facts)),
    ({ server }) => `${unmapped(server.address)} ${server.port}`,
  );
  const destinations = [...byServer.values()].flatMap((connections) => {
    const [first] = connections;
    return first === undefined
      ? []
      : [
          {
            address: unmapped(first.server.address),
            port: first.server.port,
            count: connections.length,
          },
        ];
  });
  return {
    total: remains.length,
    destinations: destinations.toSorted((a, b) => b.count - a.count),
  };
};

/** Of a loopback connection the end that closed first is all that is left. */
const isOurs = ({ client }: Connection, { snapshot }: MachineFacts): boolean =>
  client.local ||
  isLoopback(client.address) ||
  interfaceWith(client.address, snapshot.interfaces) !== null;
