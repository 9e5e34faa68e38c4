import type { Stage } from '../../model/diagnosis.ts';
import type { Evidence } from '../../model/listener.ts';
import type { TlsFacts } from '../../model/protocol.ts';
import { certificateEvidence } from '../asked.ts';
import { clientProtocol } from '../client-protocol.ts';
import { speaksTls } from '../protocol-names.ts';
import { type JudgeStage, stage } from './stage.ts';

/** Whether TLS is spoken where it is expected, and by a certificate that is believed. */
export const tlsStage: JudgeStage = (facts) => {
  const protocol = facts.protocol.value;
  if (protocol.status !== 'identified') {
    return stage('tls', 'not-applicable', 'no protocol was identified');
  }
  const client = clientProtocol(facts);
  const { tls, details } = protocol;
  const evidence = tls === null ? [] : certificateEvidence(tls);
  if (!speaksTls(protocol)) {
    return client === 'https' || client === 'tls'
      ? stage('tls', 'fail', `the client speaks ${client}, and the server speaks without TLS`)
      : stage('tls', 'not-applicable', 'the server speaks without TLS');
  }
  if (client === 'http') {
    return stage('tls', 'fail', 'the client speaks http, and the server speaks TLS', { evidence });
  }
  const alert = details['alert'];
  if (alert !== undefined) {
    return stage('tls', 'fail', `the server ends the connection: ${alert}`, { evidence });
  }
  return tls === null ? stage('tls', 'pass', 'the server speaks TLS') : trustStage(tls, evidence);
};

const trustStage = ({ trust, version, subject }: TlsFacts, evidence: Evidence): Stage => {
  if (trust === undefined || (trust.authorized && trust.nameMatches !== false)) {
    return stage('tls', 'pass', `${version} with ${subject}`, { evidence });
  }
  const why = trust.authorized
    ? 'it is for another name'
    : (trust.error ?? 'nobody vouches for it');
  return stage('tls', 'fail', `the certificate is not believed: ${why}`, { evidence });
};
