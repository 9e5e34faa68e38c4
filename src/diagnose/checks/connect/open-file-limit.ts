import { isKnown, isUnknown, type Known } from '../../../model/known.ts';
import type { InetListener } from '../../../model/listener.ts';
import type { Process } from '../../../model/process.ts';
import { acceptors } from '../../acceptors.ts';
import { answeringListeners } from '../../answering.ts';
import { byOwner } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { raiseFileLimit } from '../../file-limit.ts';
import { isWaitedFor, queueEvidence } from '../../waiting.ts';

/** So few descriptors are soon gone: a server that is short of them accepts one connection and no more. */
const few = 3;

/** The server may open no further file: accept(2) fails with EMFILE, and the connection waits. */
export const openFileLimit: Check<EndpointFacts> = {
  id: 'open-file-limit',
  title: 'the process that accepts may open further files',
  stage: 'accept-queue',
  explains: [...silences, 'too-many-files', 'connection-reset'],
  judge: (facts) => {
    const listeners = answeringListeners(facts);
    if (listeners.length === 0) return notApplicable;
    for (const listener of listeners) {
      const short = acceptors(listener, facts).find((one) => isShort(one, listener, facts));
      if (short !== undefined) return found(listener, short, facts);
    }
    const uses = listeners.flatMap((one) => acceptors(one, facts)).map(useOf);
    const unread = uses.find(isUnknown);
    const [use] = uses.filter(isKnown);
    if (use === undefined) {
      return couldNotCheck(
        `its open files could not be read${unread === undefined ? '' : `: ${unread.why ?? unread.unknown}`}`,
      );
    }
    return pass(`${use.open} files are open, ${use.limit} may be`);
  },
};

type Use = { readonly open: number; readonly limit: number };

const useOf = ({ files: { open, limit } }: Process): Known<Use> => {
  if (isUnknown(open)) return open;
  return isUnknown(limit) ? limit : { open, limit };
};

const isShort = (process: Process, listener: InetListener, facts: EndpointFacts): boolean => {
  const use = useOf(process);
  if (isUnknown(use)) return false;
  if (use.open >= use.limit) return true;
  const suffers = isWaitedFor(listener, facts) || facts.symptom.class === 'too-many-files';
  return suffers && use.open > use.limit - few;
};

const hardText = ({ files }: Process): string => {
  const hard = files.hardLimit ?? null;
  return hard !== null && isKnown(hard) ? `; the hard one is ${hard}` : '';
};

const found = (listener: InetListener, process: Process, facts: EndpointFacts) => {
  const { pid, comm } = process;
  const use = useOf(process);
  const [open, limit] = isKnown(use) ? [use.open, use.limit] : [0, 0];
  return failed({
    id: 'open-file-limit',
    severity: 'critical',
    title: `${describeListener(listener)} on ${listenerEndpoint(listener)} has ${open} files open and may have ${limit}: it can accept no connection`,
    evidence: [
      `${comm} (pid ${pid}) has ${open} files and sockets open and may have ${limit} (its soft limit RLIMIT_NOFILE, getrlimit(2)${hardText(process)})`,
      ...queueEvidence(listener),
    ],
    actions: [
      raiseFileLimit(process, limit, facts),
      {
        label: 'see what it has open: a number that only grows is a leak',
        ...byOwner(process, facts, 'ls', '-l', `/proc/${pid}/fd`),
      },
      {
        label:
          'start it again with as many as your shell may give, or with LimitNOFILE=65536 in its systemd unit',
        command: 'ulimit -n "$(ulimit -Hn)"',
        changes: 'the limit of what is started from this shell',
      },
    ],
  });
};
