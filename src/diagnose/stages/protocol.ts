import { type JudgeStage, stage } from './stage.ts';

/** What the server speaks, and whether that is what the client speaks. */
export const protocolStage: JudgeStage = ({ protocol: { value, durationMs }, expected }) => {
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
      const result = fits(value.id, value.tls !== null, expected) ? 'pass' : 'fail';
      const spoken = value.server === null ? value.name : `${value.name}, ${value.server}`;
      const summary = result === 'pass' ? spoken : `${spoken}, and ${expected} is expected`;
      return stage('protocol', result, summary, { evidence: value.evidence, durationMs });
    }
  }
};

const fits = (id: string, overTls: boolean, expected: string | null): boolean => {
  if (expected === null || id === expected) return true;
  const isHttp = id.startsWith('http') || id === 'grpc' || id === 'tls';
  if (expected === 'https') return isHttp && overTls;
  return expected === 'http' && isHttp && !overTls;
};
