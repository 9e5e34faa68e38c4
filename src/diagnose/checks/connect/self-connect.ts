import { isKnown } from '../../../model/known.ts';
import type { InetSocket } from '../../../model/socket.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';

/**
 * A client that dialled a free port of the ephemeral range was given that very port as its own, and
 * met itself: TCP's simultaneous open (RFC 9293 3.5). Nothing serves there.
 */
export const selfConnect: Check<EndpointFacts> = {
  id: 'self-connect',
  title: 'no client is connected to itself',
  stage: 'handshake',
  explains: [
    'connection-refused',
    'wrong-protocol',
    'timeout',
    'connection-reset',
    'broken-pipe',
    'address-in-use',
    'proxy-error',
  ],
  judge: (facts) => {
    if (facts.target.transport === 'udp') return notApplicable;
    const attempt = facts.attempts.find(({ outcome }) => outcome === 'met-itself');
    const socket = facts.snapshot.sockets.find((one): one is InetSocket => isItself(one, facts));
    if (attempt === undefined && socket === undefined) {
      return pass('no connection there has the same endpoint at both ends');
    }
    return found(attempt?.address ?? socket?.local.address ?? '', socket ?? null, facts);
  },
};

const isItself = (
  socket: EndpointFacts['snapshot']['sockets'][number],
  { target }: EndpointFacts,
): socket is InetSocket =>
  socket.transport === 'tcp' &&
  socket.namespace === 'this' &&
  socket.local.port === target.port &&
  socket.remote.port === target.port &&
  socket.local.address === socket.remote.address;

const found = (address: string, socket: InetSocket | null, facts: EndpointFacts) => {
  const endpoint = endpointText(address, facts.target.port);
  const who = socket === null ? 'a client' : clientOf(socket, facts);
  return failed({
    id: 'self-connect',
    severity: 'warning',
    title: `${who} that dialled ${endpoint} is connected to itself: nobody listens there`,
    evidence: [
      socket === null
        ? `an attempt to connect to ${endpoint} was given ${facts.target.port} as its own port`
        : `a connection has ${endpoint} at both ends (${socket.state})`,
      'TCP lets a socket connect to itself (RFC 9293 3.5): while it does, no server can take the port',
      ...rangeEvidence(facts),
    ],
    actions: [
      {
        label: 'see who holds the port now',
        command: shellCommand('homeport', 'explain', String(facts.target.port)),
      },
      {
        label:
          'give the server a fixed port below the ephemeral range, or reserve its port, so that no client gets it',
        command: null,
      },
    ],
  });
};

const clientOf = ({ inode }: InetSocket, { snapshot }: EndpointFacts): string => {
  const pid = snapshot.holders[String(inode)]?.[0]?.pid;
  const process = snapshot.processes.find((one) => one.pid === pid);
  return process === undefined ? 'a client' : `${process.comm} (pid ${process.pid})`;
};

const rangeEvidence = ({ snapshot }: EndpointFacts): readonly string[] => {
  const range = snapshot.machine.ephemeralRange;
  return isKnown(range)
    ? [`the kernel takes clients' ports from ${range.first}–${range.last}`]
    : [];
};
