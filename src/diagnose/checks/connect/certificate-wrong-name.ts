import type { Action } from '../../../model/finding.ts';
import type { TlsFacts } from '../../../model/protocol.ts';
import { isLoopback } from '../../../model/scope.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import {
  answererAt,
  askedHost,
  certificateEvidence,
  judgeCertificate,
  showCertificate,
} from '../../asked.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { makeAnew } from '../../make-certificate.ts';

/** The certificate holds for other names than the one that was asked for (RFC 9525 6). */
export const certificateWrongName: Check<EndpointFacts> = {
  id: 'certificate-wrong-name',
  title: 'the certificate holds for the name that was asked for',
  stage: 'tls',
  explains: ['tls-untrusted'],
  judge: (facts) =>
    judgeCertificate(facts, (tls) => {
      const { host } = facts.target;
      if (host === null || host === '*') return notApplicable;
      const matches = tls.trust?.nameMatches;
      if (matches === undefined) return couldNotCheck('the name was not compared');
      if (!matches) return found(facts, tls, `does not hold for ${host}`);
      return tls.names.length === 0
        ? found(facts, tls, 'names its host in the subject alone, where clients no longer look')
        : pass(`it holds for ${host}`);
    }),
};

const found = (facts: EndpointFacts, tls: TlsFacts, how: string) =>
  failed({
    id: 'certificate-wrong-name',
    severity: 'critical',
    title: `the certificate of ${answererAt(facts)} ${how}`,
    evidence: [`asked for ${askedHost(facts)}`, ...certificateEvidence(tls)],
    actions: [...askByItsName(facts, tls), ...makeAnew(facts, tls), showCertificate(facts)].slice(
      0,
      3,
    ),
  });

/** Where the endpoint is loopback and the certificate has a name of it, that name is the fix. */
const askByItsName = (facts: EndpointFacts, { names }: TlsFacts): readonly Action[] => {
  const { addresses, target } = facts;
  if (addresses.length === 0 || !addresses.every((address) => isLoopback(address))) return [];
  const name = names.find((one) => /(?:^|\.)localhost$/.test(one) && !one.startsWith('*'));
  const address = addresses.find((one) => names.includes(one));
  const host = name ?? address;
  if (host === undefined) return [];
  const url = `https://${endpointText(host, target.port)}/`;
  return [
    {
      label: `ask for ${host}, which the certificate names`,
      command: shellCommand('curl', '-i', url),
    },
  ];
};
