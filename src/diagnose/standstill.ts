import type { Action } from '../model/finding.ts';
import type { InetListener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import { acceptors, type Stuck, stuckSockets } from './acceptors.ts';
import { answeringListeners } from './answering.ts';
import type { Check } from './check.ts';
import { couldNotCheck, failed, notApplicable, pass } from './check-result.ts';
import { describeListener, listenerEndpoint } from './describe-listener.ts';
import type { EndpointFacts } from './facts.ts';
import { isWaitedFor, queueEvidence, stoppedTitle } from './waiting.ts';

/** One way in which a server stands still while the kernel goes on making connections for it. */
export type Standstill = Pick<Check<EndpointFacts>, 'id' | 'title' | 'explains'> & {
  /** Whether that is what a process does. */
  readonly isStill: (process: Process, facts: EndpointFacts) => boolean;
  /** Listeners of which it could be so: all where it is left out. */
  readonly mayBeOf?: (listener: InetListener, facts: EndpointFacts) => boolean;
  /** What is seen where it is not so. */
  readonly otherwise: string;
  /** Why that could not be seen of these processes; null: it was. Nothing where it is always seen. */
  readonly unseen?: (processes: readonly Process[], facts: EndpointFacts) => string | null;
  /** The cause in a sentence about the server: `it is stopped`. */
  readonly says: (server: string) => string;
  /** One process of it as evidence. */
  readonly evidence: (process: Process, facts: EndpointFacts) => string;
  readonly benignCauses: readonly string[];
  /** `all`: every process that stands still, `first` among them. */
  readonly actions: (
    first: Process,
    all: readonly Process[],
    facts: EndpointFacts,
  ) => readonly Action[];
};

/** The check that finds the listener of which everybody who should accept stands still in one way. */
export const standstillCheck = (still: Standstill): Check<EndpointFacts> => ({
  id: still.id,
  title: still.title,
  stage: 'accept-queue',
  explains: still.explains,
  judge: (facts) => {
    const listeners = answeringListeners(facts);
    if (listeners.length === 0) return notApplicable;
    const judged = listeners.filter((one) => still.mayBeOf?.(one, facts) ?? true);
    for (const listener of judged) {
      const stuck = stuckOf(listener, still, facts);
      if (stuck !== null) return found(still, listener, stuck, facts);
    }
    const seen = listeners.flatMap((one) => acceptors(one, facts));
    if (seen.length === 0) return couldNotCheck('the process that accepts may not be seen');
    const unseen = judged.length === 0 ? null : (still.unseen?.(seen, facts) ?? null);
    return unseen === null ? pass(still.otherwise) : couldNotCheck(unseen);
  },
});

const stuckOf = (
  listener: InetListener,
  { isStill }: Standstill,
  facts: EndpointFacts,
): Stuck | null =>
  stuckSockets(listener, facts, (process) => isStill(process, facts), isWaitedFor(listener, facts));

const found = (still: Standstill, listener: InetListener, stuck: Stuck, facts: EndpointFacts) => {
  const [first] = stuck.processes;
  const server = `${describeListener(listener)} on ${listenerEndpoint(listener)}`;
  return failed({
    id: still.id,
    severity: 'warning',
    title: stoppedTitle(still.says(server), stuck),
    evidence: [
      ...stuck.processes.map((process) => still.evidence(process, facts)),
      ...queueEvidence(listener),
    ],
    benignCauses: still.benignCauses,
    actions: first === undefined ? [] : still.actions(first, stuck.processes, facts),
  });
};
