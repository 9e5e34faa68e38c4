import { isKnown } from '../../../model/known.ts';
import { unmapped } from '../../../model/ip.ts';
import { isWildcard } from '../../../model/scope.ts';
import type { InetSocket, Socket } from '../../../model/socket.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { answersOf } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';
import { interfaceWith } from '../../own-address.ts';
import { momentText } from '../../time-text.ts';

/** How long the kernel keeps a closed connection in TIME_WAIT, in ms (TCP_TIMEWAIT_LEN, include/net/tcp.h). */
const timeWaitMs = 60_000;

/** Nobody listens, and remains of connections show that somebody did until a moment ago. */
export const endedLately: Check<EndpointFacts> = {
  id: 'ended-lately',
  title: 'no server has just ended there',
  stage: 'listener',
  explains: [...refusals, 'connection-reset', 'broken-pipe'],
  judge: (facts) => {
    const answers = answersOf(facts);
    if (answers.length === 0 || facts.target.transport === 'udp') return notApplicable;
    const answered = answers.find(({ listener }) => listener !== null);
    if (answered !== undefined) return pass(`${answered.address} is listened on`);
    const remains = facts.snapshot.sockets.filter((socket): socket is InetSocket =>
      isRemain(socket, facts),
    );
    if (remains.length === 0) return pass('no connection remains of a server there');
    const ages = remains.flatMap((socket) => ageOf(socket) ?? []);
    return ages.length === 0 && remains.every(({ state }) => state === 'time-wait')
      ? couldNotCheck('the timers of closed connections could not be read')
      : found(remains, ages, facts);
  },
};

const closing: ReadonlySet<Socket['state']> = new Set([
  'time-wait',
  'fin-wait-1',
  'fin-wait-2',
  'close-wait',
  'last-ack',
  'closing',
]);

/** A closed connection that had the target at one end, whichever end of it is still kept. */
const isRemain = (socket: Socket, facts: EndpointFacts): boolean => {
  if (socket.transport !== 'tcp' || socket.namespace !== 'this') return false;
  if (!closing.has(socket.state)) return false;
  const { port } = facts.target;
  if (socket.local.port === port) {
    return isAsked(socket.local.address, facts) && !isClients(socket, facts);
  }
  const { address } = socket.remote;
  return (
    socket.remote.port === port &&
    isAsked(address, facts) &&
    interfaceWith(address, facts.snapshot.interfaces) !== null
  );
};

const isAsked = (address: string, { addresses }: EndpointFacts): boolean =>
  addresses.some((asked) => isWildcard(asked) || unmapped(asked) === unmapped(address));

/** The port was a client's own: one of the ephemeral range, connected to one that is not. */
const isClients = ({ remote }: InetSocket, { port, snapshot }: EndpointFacts): boolean => {
  const range = snapshot.machine.ephemeralRange;
  return (
    port.inEphemeralRange === true &&
    isKnown(range) &&
    (remote.port < range.first || remote.port > range.last)
  );
};

/** How long ago a connection was closed, in ms; null where no timer tells. */
const ageOf = ({ state, timer }: InetSocket): number | null =>
  state === 'time-wait' && timer !== null && isKnown(timer) && timer.kind === 'time-wait'
    ? Math.max(0, timeWaitMs - timer.expiresInMs)
    : null;

const found = (
  remains: readonly InetSocket[],
  ages: readonly number[],
  { target, snapshot, addresses }: EndpointFacts,
) => {
  const least = ages.length === 0 ? null : Math.min(...ages);
  const when = least === null ? 'a moment ago' : `${Math.round(least / 1000)} s ago`;
  const until =
    least === null ? null : new Date(Date.parse(snapshot.takenAt) - least).toISOString();
  const where = endpointText(addresses[0] ?? '*', target.port);
  return failed({
    id: 'ended-lately',
    severity: 'warning',
    title: `nobody listens on ${where} any more: a connection with a server there was closed ${when}`,
    evidence: [
      ...remains.slice(0, mostRemains).map(remainText),
      ...(remains.length > mostRemains ? [`and ${remains.length - mostRemains} more`] : []),
      ...(until === null ? [] : [`the last of them was closed at ${momentText(until)}`]),
    ],
    benignCauses: ['the server is being started again'],
    actions: [
      {
        label: 'see when it comes back',
        command: shellCommand('homeport', 'ls', '--watch', String(target.port)),
      },
      {
        label: 'see what the system says of programs that ended',
        command: shellCommand('journalctl', '-e', '-n', '50'),
      },
    ],
  });
};

const mostRemains = 3;

const remainText = ({ local, remote, state }: InetSocket): string =>
  `${endpointText(local.address, local.port)} ↔ ${endpointText(remote.address, remote.port)} is in ${state}`;
