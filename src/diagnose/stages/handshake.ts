import type { DialAttempt } from '../../model/diagnosis.ts';
import { endpointText } from '../../model/target-endpoint.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What connect(2) said for each address. */
export const handshakeStage: JudgeStage = ({ attempts }) => {
  const [first] = attempts;
  if (first === undefined) return stage('handshake', 'not-applicable', 'no connection was tried');
  const evidence = attempts.map(attemptText);
  const more = { evidence, durationMs: Math.max(...attempts.map(({ durationMs }) => durationMs)) };
  const made = attempts.filter(({ outcome }) => outcome === 'connected');
  if (made.length === attempts.length) {
    return stage('handshake', 'pass', `connected to ${made.map(whereText).join(' and ')}`, more);
  }
  // A client begins with the first address: where that one works, most clients do.
  const result = first.outcome === 'connected' ? 'pass' : 'fail';
  return stage('handshake', result, evidence.join('; '), more);
};

const whereText = ({ address, port }: DialAttempt): string => endpointText(address, port);

const attemptText = (attempt: DialAttempt): string => {
  const code = attempt.code === null ? '' : ` (${attempt.code})`;
  return `${whereText(attempt)} ${words[attempt.outcome]}${code}`;
};

const words: Readonly<Record<DialAttempt['outcome'], string>> = {
  connected: 'connects',
  refused: 'refuses',
  'timed-out': 'does not answer',
  reset: 'resets the connection',
  'no-route': 'has no route',
  'address-not-available': 'can not be reached from this machine',
  denied: 'is forbidden to this user',
  'met-itself': 'was answered by the very socket that asked: TCP met itself',
  failed: 'fails',
};
