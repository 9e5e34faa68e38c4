import { knownOr } from '../../model/known.ts';
import type { Process } from '../../model/process.ts';
import { ownerOf } from '../describe-listener.ts';
import type { EndpointFacts } from '../facts.ts';
import { type JudgeStage, stage } from './stage.ts';

/** Whether connections are taken from the queue: its length, and the state of who should take them. */
export const acceptQueueStage: JudgeStage = (facts) => {
  const [listener] = facts.answering;
  if (listener?.queue === undefined || listener.queue === null) {
    return stage('accept-queue', 'not-applicable', 'nobody listens for connections there');
  }
  const { length } = listener.queue;
  const limit = knownOr(listener.queue.limit, null);
  const process = accepting(facts);
  const state = process === null ? undefined : states[process.state];
  const queue = `${length} ${length === 1 ? 'connection waits' : 'connections wait'} to be accepted`;
  const evidence = [
    limit === null ? queue : `${queue}, ${limit} may`,
    ...(process === null ? [] : [`pid ${process.pid} is in state ${process.state} (proc(5))`]),
  ];
  if (process !== null && state !== undefined) {
    return stage('accept-queue', 'fail', `pid ${process.pid} ${state}`, { evidence });
  }
  // The kernel takes one more than listen(2) was told (sk_acceptq_is_full).
  if (limit !== null && length > limit) {
    return stage('accept-queue', 'fail', `the accept queue is full: ${evidence[0]}`, { evidence });
  }
  return stage('accept-queue', 'pass', evidence[0] ?? queue, { evidence });
};

const accepting = ({ answering: [listener], snapshot }: EndpointFacts): Process | null => {
  const owner = listener === undefined ? null : ownerOf(listener);
  return snapshot.processes.find(({ pid }) => pid === owner?.pid) ?? null;
};

/** States of proc_pid_stat(5) in which a process accepts nothing. */
const states: Readonly<Record<string, string | undefined>> = {
  T: 'is stopped',
  t: 'is stopped by a debugger',
  Z: 'has ended and is a zombie',
  X: 'has ended',
};
