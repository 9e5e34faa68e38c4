import { endpointText } from '../../model/target-endpoint.ts';
import { dialText } from '../dial-text.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What connect(2) said for each address. */
export const handshakeStage: JudgeStage = ({ attempts }) => {
  const [first] = attempts;
  if (first === undefined) return stage('handshake', 'not-applicable', 'no connection was tried');
  const evidence = attempts.map(dialText);
  const more = { evidence, durationMs: Math.max(...attempts.map(({ durationMs }) => durationMs)) };
  const made = attempts.filter(({ outcome }) => outcome === 'connected');
  if (made.length === attempts.length) {
    const where = made.map(({ address, port }) => endpointText(address, port));
    return stage('handshake', 'pass', `connected to ${where.join(' and ')}`, more);
  }
  // A client begins with the first address: where that one works, most clients do.
  const result = first.outcome === 'connected' ? 'pass' : 'fail';
  return stage('handshake', result, evidence.join('; '), more);
};
