import type { TlsFacts } from '../../../model/protocol.ts';
import { answererAt, certificateEvidence, judgeCertificate, showCertificate } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { makeAnew } from '../../make-certificate.ts';
import { dateText, dayText, momentText } from '../../time-text.ts';

/** The certificate, or one that vouches for it, has expired (RFC 5280 4.1.2.5). */
export const certificateExpired: Check<EndpointFacts> = {
  id: 'certificate-expired',
  title: 'the certificate has not expired',
  stage: 'tls',
  explains: ['tls-untrusted'],
  judge: (facts) =>
    judgeCertificate(facts, (tls) => {
      const end = Date.parse(tls.validTo);
      if (Number.isNaN(end)) return couldNotCheck("the certificate's end could not be read");
      const now = facts.snapshot.takenAt;
      if (end < Date.parse(now))
        return found(facts, tls, `expired on ${dateText(tls.validTo, now)}`);
      return tls.trust?.error === 'CERT_HAS_EXPIRED'
        ? found(facts, tls, 'is vouched for by one that has expired')
        : pass(`it is valid to ${dayText(tls.validTo)}`);
    }),
};

const found = (facts: EndpointFacts, tls: TlsFacts, how: string) =>
  failed({
    id: 'certificate-expired',
    severity: 'critical',
    title: `the certificate of ${answererAt(facts)} ${how}`,
    evidence: [
      ...certificateEvidence(tls),
      `this machine's clock says ${momentText(facts.snapshot.takenAt)}`,
    ],
    benignCauses: ["this machine's clock is ahead"],
    actions: [...makeAnew(facts, tls), showCertificate(facts)],
  });
