import type { TlsFacts } from '../../../model/protocol.ts';
import { answererAt, certificateEvidence, judgeCertificate, showCertificate } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { dateText, dayText, momentText } from '../../time-text.ts';

/** The certificate begins later than now (RFC 5280 4.1.2.5): mostly a clock that is behind. */
export const certificateNotYetValid: Check<EndpointFacts> = {
  id: 'certificate-not-yet-valid',
  title: 'the certificate has begun',
  stage: 'tls',
  explains: ['tls-untrusted'],
  judge: (facts) =>
    judgeCertificate(facts, (tls) => {
      const start = Date.parse(tls.validFrom);
      if (Number.isNaN(start)) return couldNotCheck("the certificate's begin could not be read");
      if (start > Date.parse(facts.snapshot.takenAt)) {
        return found(
          facts,
          tls,
          `is valid from ${dateText(tls.validFrom, facts.snapshot.takenAt)} on, not yet`,
        );
      }
      return tls.trust?.error === 'CERT_NOT_YET_VALID'
        ? found(facts, tls, 'is vouched for by one that is not valid yet')
        : pass(`it is valid from ${dayText(tls.validFrom)} on`);
    }),
};

const found = (facts: EndpointFacts, tls: TlsFacts, how: string) =>
  failed({
    id: 'certificate-not-yet-valid',
    severity: 'critical',
    title: `the certificate of ${answererAt(facts)} ${how}`,
    evidence: [
      ...certificateEvidence(tls),
      `this machine's clock says ${momentText(facts.snapshot.takenAt)}`,
    ],
    benignCauses: [
      "this machine's clock is behind, as after a pause of a virtual machine",
      'the certificate was made on a machine whose clock is ahead',
    ],
    actions: [
      { label: "compare this machine's clock with the time", command: 'timedatectl' },
      showCertificate(facts),
    ],
  });
