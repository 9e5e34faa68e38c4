import type { TlsFacts } from '../../model/protocol.ts';
import { type JudgeStage, stage } from './stage.ts';

/** Whether TLS is spoken where it is expected, and by a certificate that is believed. */
export const tlsStage: JudgeStage = ({ protocol: { value: protocol }, expected }) => {
  if (protocol.status !== 'identified') {
    return stage('tls', 'not-applicable', 'no protocol was identified');
  }
  const { tls } = protocol;
  if (tls === null) {
    return expected === 'https'
      ? stage('tls', 'fail', 'https is expected, and the server speaks without TLS')
      : stage('tls', 'not-applicable', 'the server speaks without TLS');
  }
  const evidence = factsOf(tls);
  if (expected === 'http') {
    return stage('tls', 'fail', 'http is expected, and the server speaks TLS', { evidence });
  }
  const { trust } = tls;
  if (trust === undefined || (trust.authorized && trust.nameMatches !== false)) {
    return stage('tls', 'pass', `${tls.version} with ${tls.subject}`, { evidence });
  }
  const why = trust.authorized ? 'its certificate is for another name' : trust.error;
  return stage('tls', 'fail', `the certificate is not believed: ${why}`, { evidence });
};

const factsOf = (tls: TlsFacts): string[] => [
  `certificate of ${tls.subject}, issued by ${tls.issuer}`,
  `for ${tls.names.length === 0 ? 'no name' : tls.names.join(', ')}`,
  `valid from ${tls.validFrom} to ${tls.validTo}`,
];
