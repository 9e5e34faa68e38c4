import type { CheckResult } from '../../../model/finding.ts';
import { isKnown, type Known, knownOr } from '../../../model/known.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { byRoot } from '../../as-root.ts';
import { callersOf } from '../../callers.ts';
import { couldNotCheck, type Found, failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import { ephemeralRoom } from '../../ephemeral-use.ts';
import type { MachineFacts } from '../../facts.ts';
import { reasonOf } from '../../judge-known.ts';
import { share } from '../../share.ts';
import { type Remains, timeWaitRemains } from '../../time-wait.ts';

const manyForOne = 0.5;
const nearLimit = 0.8;
const mostListed = 3;

/**
 * Who closes first keeps the connection's ports in TIME_WAIT for a minute (RFC 9293 3.3.2,
 * `TCP_TIMEWAIT_LEN`): a new connection for each request eats up the ephemeral range.
 */
export const timeWaitFlood: Check<MachineFacts> = {
  id: 'time-wait-flood',
  title: 'closed connections leave ports enough',
  stage: 'handshake',
  explains: ['address-not-available'],
  judge: (facts) => {
    const room = ephemeralRoom(facts.snapshot.machine);
    if (!isKnown(room)) {
      return couldNotCheck(`the ephemeral port range could not be read: ${reasonOf(room)}`);
    }
    const { network } = facts;
    const limit = isKnown(network) ? network.timeWaitLimit : network;
    return judgeRemains(room, limit, facts);
  },
};

const judgeRemains = (room: number, limit: Known<number>, facts: MachineFacts): CheckResult => {
  const { total, destinations } = timeWaitRemains(facts);
  const floods = destinations.filter(
    ({ count }) => share({ used: count, limit: room }) >= manyForOne,
  );
  const most = knownOr(limit, Infinity);
  const found = [
    ...floods.map((one) => flood(one, room, facts)),
    ...(share({ used: total, limit: most }) >= nearLimit
      ? [tableFull(total, most, destinations)]
      : []),
  ];
  if (found.length > 0) return failed(...found);
  const kept = isKnown(limit) ? ` of ${limit} that may be kept` : '';
  return pass(`${total} TIME_WAIT remains${kept}, of ${room} ephemeral ports`);
};

const flood = ({ address, port, count }: Remains, room: number, facts: MachineFacts): Found => {
  const where = endpointText(address, port);
  const callers = callersOf(address, port, facts);
  return {
    id: 'time-wait-flood',
    severity: 'warning',
    title: `${count} closed connections to ${where} still hold their ports, of ${room}: somebody makes a new one for each request`,
    evidence: [
      `${count} connections to ${where} are in TIME_WAIT, of ${room} ephemeral ports`,
      callers.length === 0
        ? 'no program that may be seen is connected to it now, and TIME_WAIT has no process'
        : `connected to it now: ${callers.join(', ')}`,
    ],
    benignCauses: ['a load test or a test suite that has just ended: gone within a minute'],
    actions: [keepAlive, reuse],
  };
};

const tableFull = (total: number, most: number, destinations: readonly Remains[]): Found => ({
  id: 'time-wait-flood',
  severity: 'notice',
  title: `${total} of ${most} TIME_WAIT remains are kept: soon the kernel forgets connections early`,
  evidence: [
    `net.ipv4.tcp_max_tw_buckets is ${most}`,
    ...destinations
      .slice(0, mostListed)
      .map(({ address, port, count }) => `${count} belong to ${endpointText(address, port)}`),
  ],
  benignCauses: ['a server with very many short connections'],
  actions: [keepAlive],
});

const keepAlive = {
  label:
    'let the program keep its connections and use them again (HTTP keep-alive, a connection pool)',
  command: null,
};

const reuse = {
  label: 'let outgoing connections take such a port again after a second',
  ...byRoot('sysctl', '-w', 'net.ipv4.tcp_tw_reuse=1'),
  changes:
    'TIME_WAIT ports serve new outgoing connections to everywhere, not to loopback alone, until the machine restarts',
};
