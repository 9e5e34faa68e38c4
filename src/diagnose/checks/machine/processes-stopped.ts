import { isKnown } from '../../../model/known.ts';
import type { InetListener } from '../../../model/listener.ts';
import type { Process } from '../../../model/process.ts';
import { stuckSockets } from '../../acceptors.ts';
import { byOwner } from '../../as-root.ts';
import { couldNotCheck, type Found, failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import { concernedBy } from '../../concerned.ts';
import { listenerEndpoint } from '../../describe-listener.ts';
import { describeProcess } from '../../describe-process.ts';
import type { MachineFacts } from '../../facts.ts';

/**
 * The kernel completes connections to a process that stands still, and nobody answers. Which of them
 * an endpoint's failure is due to is told where that endpoint's listener is looked at.
 */
export const processesStopped: Check<MachineFacts> = {
  id: 'processes-stopped',
  title: 'no server is stopped',
  stage: 'accept-queue',
  explains: [],
  consequenceOf: ['process-stopped', 'process-traced'],
  judge: (facts) => {
    const listeners = facts.listeners
      .filter((one) => one.transport !== 'unix')
      .filter(({ namespace }) => namespace === 'this');
    if (listeners.length === 0) return notApplicable;
    const stopped = Map.groupBy(
      listeners.flatMap((listener) =>
        (stuckSockets(listener, facts, isStopped)?.processes ?? []).map((process) => ({
          process,
          listener,
        })),
      ),
      ({ process }) => process.pid,
    );
    if (stopped.size > 0) return failed(...[...stopped.values()].flatMap(found(facts)));
    const seen = listeners.filter(({ owners }) => isKnown(owners)).length;
    if (seen === 0) return couldNotCheck('no server’s process could be read');
    return seen < listeners.length
      ? couldNotCheck(
          `${seen} of ${listeners.length} servers could be looked at, and none of these is stopped`,
        )
      : pass(`none of ${seen} servers is stopped`);
  },
};

/** proc_pid_stat(5): T stopped by a signal, t held by a debugger. */
const isStopped = ({ state }: Process): boolean => state === 'T' || state === 't';

type Stopped = { readonly process: Process; readonly listener: InetListener };

const found =
  (facts: MachineFacts) =>
  (several: readonly Stopped[]): readonly Found[] => {
    const [first] = several;
    if (first === undefined) return [];
    const { process } = first;
    const { pid, state } = process;
    const where = several.map(({ listener }) => listenerEndpoint(listener)).join(' and ');
    const isTraced = state === 't';
    return [
      {
        id: 'processes-stopped',
        severity: 'warning',
        title: `${describeProcess(pid, facts)} is ${isTraced ? 'held by a debugger' : 'stopped'}: connections to ${where} are made and never answered`,
        evidence: [`\`ps -o stat= -p ${pid}\` says ${state}`],
        benignCauses: isTraced
          ? ['somebody is debugging it']
          : ['Ctrl-Z was pressed in its terminal', 'somebody paused it on purpose'],
        actions: [
          isTraced
            ? { label: 'let it go on in the debugger that holds it', command: null }
            : {
                label: 'let it go on (or type `fg` in its terminal)',
                ...byOwner(process, facts, 'kill', '-CONT', `${pid}`),
                changes: 'it goes on where it was stopped, and answers what has waited meanwhile',
              },
        ],
        concerns: {
          pids: [pid],
          inodes: concernedBy(...several.map(({ listener }) => listener)).inodes,
        },
      },
    ];
  };
