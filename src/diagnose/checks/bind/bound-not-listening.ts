import { knownOr } from '../../../model/known.ts';
import type { InetSocket } from '../../../model/socket.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { byOwner } from '../../as-root.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { describeProcess } from '../../describe-process.ts';
import type { EndpointFacts } from '../../facts.ts';
import { processesHolding } from '../../holder-processes.ts';
import { trialEvidence } from '../../holding-text.ts';
import { holdingsOf, otherSockets } from '../../port-holding.ts';
import { setsReuseAddress } from '../../reuse-address.ts';
import { otherPort } from '../../stop-holder.ts';

/** bind(2) without listen(2): the port is taken, and nothing answers on it. */
export const boundNotListening: Check<EndpointFacts> = {
  id: 'bound-not-listening',
  title: 'no program holds the port without listening',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const { text, trial, transport, address } = bindQuestion(facts);
    if (transport === 'udp' || trial?.plain === null) return notApplicable;
    if (trial?.reusing === null && setsReuseAddress(facts.message)) return notApplicable;
    const [socket] = otherSockets(facts).bound;
    if (socket !== undefined) return seen(socket, facts);
    const isHidden =
      trial?.reusing === 'EADDRINUSE' && address !== null && nothingElse(facts) && isUntold(facts);
    return isHidden ? hidden(facts) : pass(`nobody has ${text} bound without listening`);
  },
};

const seen = (socket: InetSocket, facts: EndpointFacts) => {
  const { trial } = bindQuestion(facts);
  const [process] = processesHolding(socket.inode, facts.snapshot);
  const who =
    process === undefined ? 'a program that may not be seen' : describeProcess(process.pid, facts);
  const where = endpointText(socket.local.address, socket.local.port);
  return failed({
    id: 'bound-not-listening',
    severity: 'warning',
    title: `${who} has ${where} bound and does not listen on it`,
    evidence: [
      `socket ${socket.inode} on ${where} is neither listening nor connected`,
      ...trialEvidence(facts),
      ...(trial?.reusing === null
        ? ['both set SO_REUSEADDR where bind passes: whichever listens first then keeps the port']
        : []),
    ],
    benignCauses: [
      'it is about to listen, or reserves the port for a program that it starts',
      'a client chose its own port before it connects',
    ],
    actions: [
      process === undefined
        ? {
            label: 'see whose it is',
            command: `sudo homeport why ${facts.target.port}`,
            needsRoot: true,
          }
        : { label: 'see what it is', command: `homeport explain pid:${process.pid}` },
      ...(process === undefined || process.pid <= 1
        ? []
        : [
            {
              label: `end ${who}, if it is not needed any more`,
              changes: 'it is asked to end; what is not saved in it may be lost',
              ...byOwner(process, facts, 'kill', '-TERM', String(process.pid)),
            },
          ]),
      otherPort(facts),
    ],
  });
};

const nothingElse = (facts: EndpointFacts): boolean =>
  holdingsOf(facts).length === 0 &&
  Object.values(otherSockets(facts)).every((sockets) => sockets.length === 0);

/** Linux lists such sockets from 6.8 on, by netlink alone (TCP_BOUND_INACTIVE). */
const isUntold = ({ snapshot }: EndpointFacts): boolean => {
  const version = /^(\d+)\.(\d+)/.exec(knownOr(snapshot.machine.kernel, '')) ?? [];
  const [, major = '', minor = ''] = version;
  const isOld = major !== '' && (Number(major) < 6 || (Number(major) === 6 && Number(minor) < 8));
  return isOld || snapshot.backend === 'procfs';
};

const hidden = (facts: EndpointFacts) => {
  const { text } = bindQuestion(facts);
  return failed({
    id: 'bound-not-listening',
    severity: 'warning',
    title: `${text} is in use, and no socket is listed there: some program has it bound and does not listen`,
    evidence: [
      ...trialEvidence(facts),
      facts.snapshot.backend === 'procfs'
        ? 'sockets were read from /proc/net, which leaves out those that are only bound'
        : `Linux ${knownOr(facts.snapshot.machine.kernel, '')} lists sockets that are only bound to nobody; 6.8 and later do`,
    ],
    benignCauses: ['it is about to listen, or reserves the port for a program that it starts'],
    actions: [
      {
        label: 'see which programs have a TCP socket that is not listed; its holder is among them',
        command: "sudo lsof -nP | grep 'protocol: TCP'",
        needsRoot: true,
      },
      otherPort(facts),
    ],
  });
};
