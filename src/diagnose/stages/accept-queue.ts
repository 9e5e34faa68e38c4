import type { Process } from '../../model/process.ts';
import { stuckSockets } from '../acceptors.ts';
import { answeringListeners } from '../answering.ts';
import { processStateText } from '../process-state.ts';
import { isBind } from '../symptom.ts';
import { isQueueFull, isUnaccepted, queueEvidence } from '../waiting.ts';
import { type JudgeStage, stage } from './stage.ts';

/** Whether connections are taken from the queue: its length, and the state of who should take them. */
export const acceptQueueStage: JudgeStage = (facts) => {
  if (isBind(facts.symptom)) {
    return stage('accept-queue', 'not-applicable', 'who binds waits in no queue');
  }
  const [listener] = answeringListeners(facts);
  if (listener === undefined || listener.queue === null) {
    return stage('accept-queue', 'not-applicable', 'nobody listens for connections there');
  }
  const stuck = stuckSockets(listener, facts, isAsleep)?.processes ?? [];
  const [queue = ''] = queueEvidence(listener);
  const more = { evidence: [queue, ...stuck.map((one) => processStateText(one, facts))] };
  const [first] = stuck;
  if (first !== undefined) {
    return stage('accept-queue', 'fail', `pid ${first.pid} ${states[first.state]}`, more);
  }
  if (isQueueFull(listener)) {
    return stage('accept-queue', 'fail', `the accept queue is full: ${queue}`, more);
  }
  return isUnaccepted(facts)
    ? stage('accept-queue', 'fail', `nobody accepts: ${queue}`, more)
    : stage('accept-queue', 'pass', queue, more);
};

/** States of proc_pid_stat(5) in which a process accepts nothing. */
const states: Readonly<Record<string, string | undefined>> = {
  T: 'is stopped',
  t: 'is stopped by a debugger',
  Z: 'has ended and is a zombie',
  X: 'has ended',
};

const isAsleep = ({ state }: Process): boolean => states[state] !== undefined;
