import { clientProtocol } from '../client-protocol.ts';
import { isUnderstood } from '../protocol-names.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What the server speaks, and whether that is what the client speaks. */
export const protocolStage: JudgeStage = (facts) => {
  const { value, durationMs } = facts.protocol;
  switch (value.status) {
    case 'not-probed':
      return stage('protocol', 'not-applicable', value.why);
    case 'unreachable':
      return stage('protocol', 'not-applicable', value.why);
    case 'unrecognised':
      return stage('protocol', 'unknown', 'what it speaks was not recognised', {
        evidence: value.evidence,
        durationMs,
      });
    case 'identified': {
      const client = clientProtocol(facts);
      const fits = client === null || isUnderstood(client, value) !== false;
      const spoken = value.server === null ? value.name : `${value.name}, ${value.server}`;
      const summary = fits ? spoken : `${spoken}, and the client speaks ${client}`;
      const more = { evidence: value.evidence, durationMs };
      return stage('protocol', fits ? 'pass' : 'fail', summary, more);
    }
  }
};
