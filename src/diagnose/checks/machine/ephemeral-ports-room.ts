import { endpointText } from '../../../model/target-endpoint.ts';
import { byRoot } from '../../as-root.ts';
import { holdersOf } from '../../callers.ts';
import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import { type DestinationUse, ephemeralRoom, ephemeralUse } from '../../ephemeral-use.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown } from '../../judge-known.ts';
import { percent, share } from '../../share.ts';

/** The kernel then has to try many ports for each connection, and soon finds none. */
const nearlyUsedUp = 0.8;

/**
 * Each connection to one destination needs a port of its own from the ephemeral range; connect(2)
 * ends with EADDRNOTAVAIL when all are in use (ip(7), `ip_local_port_range`).
 */
export const ephemeralPortsRoom: Check<MachineFacts> = {
  id: 'ephemeral-ports-room',
  title: 'there are ports left for outgoing connections',
  stage: 'handshake',
  explains: ['address-not-available'],
  judge: (facts) => {
    const { machine } = facts.snapshot;
    return judgeKnown(machine.ephemeralRange, 'the ephemeral port range', (range) =>
      judgeKnown(ephemeralRoom(machine), 'the ephemeral port range', (room) => {
        const [busiest, ...others] = ephemeralUse(facts, range);
        if (busiest === undefined) return pass(`all of ${room} ephemeral ports are free`);
        const crowded = [busiest, ...others].filter(
          (one) => share(useOf(one, room)) >= nearlyUsedUp,
        );
        return crowded.length === 0
          ? pass(
              `no destination takes more than ${busiest.sockets.length} of ${room} ephemeral ports; ${nameOf(busiest)} takes the most`,
            )
          : failed(...crowded.map((one) => usedUp(one, room, facts)));
      }),
    );
  },
};

const useOf = ({ sockets }: DestinationUse, room: number) => ({
  used: sockets.length,
  limit: room,
});

const nameOf = ({ address, port }: DestinationUse): string => endpointText(address, port);

const usedUp = (one: DestinationUse, room: number, facts: MachineFacts) => {
  const use = useOf(one, room);
  const remains = one.sockets.filter(({ state }) => state === 'time-wait').length;
  const live = one.sockets.filter(({ state }) => state !== 'time-wait');
  const makers = holdersOf(
    live.map(({ inode }) => inode),
    facts,
  );
  return {
    id: 'ephemeral-ports-room',
    severity: share(use) >= 1 ? ('critical' as const) : ('warning' as const),
    title: `${percent(use)} of the ports for connections from ${one.from} to ${nameOf(one)} are in use${makers[0] === undefined ? '' : `, ${makers[0]}`}`,
    evidence: [
      `${use.used} of ${use.limit} ephemeral ports are in use from ${one.from} to ${nameOf(one)}`,
      ...makers,
      ...(remains === 0
        ? []
        : [`${remains} of them are TIME_WAIT remains, free again within a minute`]),
    ],
    benignCauses: ['a load test that opens a connection for each request'],
    actions: [
      {
        label:
          'let the program keep its connections and use them again (keep-alive, a connection pool)',
        command: null,
      },
      widerRange(facts),
    ],
  };
};

/** What most machines can spare: servers have their ports below this. */
const lowest = 15_000;

const widerRange = ({ snapshot }: MachineFacts) => ({
  label: 'let the kernel hand more ports out',
  ...byRoot('sysctl', '-w', `net.ipv4.ip_local_port_range=${lowest} 65535`),
  changes: `outgoing connections may take every port from ${lowest} on, also those of servers there, until the machine restarts${nowText(snapshot.machine.ephemeralRange)}`,
});

const nowText = (range: MachineFacts['snapshot']['machine']['ephemeralRange']): string =>
  'first' in range ? `; now it is ${range.first} ${range.last}` : '';
