import type { InetSocket, Socket } from '../../../model/socket.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { answersOf, clientTransport } from '../../answering.ts';
import { byRoot } from '../../as-root.ts';
import { bindOverlap } from '../../bind-overlap.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { describeProcess } from '../../describe-process.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';
import { processesHolding } from '../../holder-processes.ts';

/** A program has bound the port and has not called listen(2): the kernel refuses connections to it. */
export const notListeningYet: Check<EndpointFacts> = {
  id: 'not-listening-yet',
  title: 'no program holds the port without listening',
  stage: 'listener',
  explains: refusals,
  judge: (facts) => {
    const answers = answersOf(facts);
    if (answers.length === 0 || clientTransport(facts) === 'udp') return notApplicable;
    if (answers.some(({ listener }) => listener !== null)) return pass('somebody listens there');
    const bound = facts.snapshot.sockets.find((one): one is InetSocket => isBoundThere(one, facts));
    return bound === undefined ? pass('nobody has it bound either') : found(bound, facts);
  },
};

/** A socket that is only bound; the kernel lists it from Linux 6.8 on (TCP_BOUND_INACTIVE). */
const isBoundThere = (socket: Socket, { addresses, target }: EndpointFacts): boolean =>
  socket.transport === 'tcp' &&
  socket.namespace === 'this' &&
  socket.inode !== 0 &&
  (socket.state === 'bound-inactive' || socket.state === 'close') &&
  socket.local.port === target.port &&
  addresses.some(
    (address) =>
      bindOverlap(address, { address: socket.local.address, v6only: socket.v6only }) !== null,
  );

const found = ({ inode, local }: InetSocket, facts: EndpointFacts) => {
  const [process] = processesHolding(inode, facts.snapshot);
  const who =
    process === undefined ? 'a program that may not be seen' : describeProcess(process.pid, facts);
  const where = endpointText(local.address, local.port);
  return failed({
    id: 'not-listening-yet',
    severity: 'warning',
    title: `${who} has bound ${where} and does not listen (yet): connections to it are refused`,
    evidence: [`socket ${inode} on ${where} is neither listening nor connected`],
    benignCauses: [
      'it is still starting, and listens in a moment',
      'it keeps the port for a program that it starts',
      'it is a client that chose its own port before it connects',
    ],
    actions: [
      process === undefined
        ? { label: 'see whose it is', ...byRoot('homeport', 'why', String(local.port)) }
        : {
            label: 'see what it is, and its log',
            command: shellCommand('homeport', 'explain', `pid:${process.pid}`),
          },
      {
        label: 'wait for it to listen',
        command: shellCommand('homeport', 'wait', endpointText(local.address, local.port)),
      },
    ],
  });
};
