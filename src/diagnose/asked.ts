import type { Action, CheckResult } from '../model/finding.ts';
import type { TlsFacts } from '../model/protocol.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { couldNotCheck, notApplicable } from './check-result.ts';
import { describeListener } from './describe-listener.ts';
import type { EndpointFacts } from './facts.ts';
import type { SpokenProtocol } from './protocol-names.ts';
import { momentText } from './time-text.ts';

/** The host as the user named it; `localhost` where only a port was. */
export const askedHost = ({ target }: Pick<EndpointFacts, 'target'>): string =>
  target.host === null || target.host === '*' ? 'localhost' : target.host;

/** `localhost:5173`, `[::1]:5173`: the endpoint as the user named it. */
export const askedEndpoint = (facts: EndpointFacts): string =>
  endpointText(askedHost(facts), facts.target.port);

/** The front page's URL, without a port that the scheme means anyway. */
export const askedUrl = (scheme: 'http' | 'https', facts: EndpointFacts): string => {
  const usual = facts.target.port === (scheme === 'http' ? 80 : 443);
  const authority = usual ? askedEndpoint(facts).replace(/:\d+$/, '') : askedEndpoint(facts);
  return `${scheme}://${authority}/`;
};

/** Who answers there: `Vite (pid 4242, project shop)`; `the server` where it was not seen. */
export const answererOf = ({ answering: [listener] }: EndpointFacts): string =>
  listener === undefined ? 'the server' : describeListener(listener);

/** Who answers and where: `Vite (pid 4242, project shop) at localhost:5173`. */
export const answererAt = (facts: EndpointFacts): string =>
  `${answererOf(facts)} at ${askedEndpoint(facts)}`;

/**
 * The protocol that `judge` is given was identified; where none was, the check does not apply, or
 * could not be made because nothing was sent.
 */
export const judgeSpoken = (
  { protocol: { value }, answering }: EndpointFacts,
  judge: (protocol: SpokenProtocol) => CheckResult,
): CheckResult => {
  if (value.status === 'identified') return judge(value);
  return value.status === 'not-probed' && answering.length > 0
    ? couldNotCheck(`the server was not asked what it speaks: ${value.why}`)
    : notApplicable;
};

/** As `judgeSpoken`, where a TLS handshake showed a certificate. */
export const judgeCertificate = (
  facts: EndpointFacts,
  judge: (tls: TlsFacts) => CheckResult,
): CheckResult => judgeSpoken(facts, ({ tls }) => (tls === null ? notApplicable : judge(tls)));

/** What a certificate says of itself, a fact a line. */
export const certificateEvidence = ({
  subject,
  issuer,
  names,
  validFrom,
  validTo,
}: TlsFacts): readonly string[] => [
  `certificate of ${subject === '' ? 'nobody' : subject}, issued by ${issuer === '' ? 'nobody' : issuer}`,
  `for ${names.length === 0 ? 'no name' : names.slice(0, 8).join(', ')}`,
  `valid from ${momentText(validFrom)} to ${momentText(validTo)}`,
];

/** A look at the certificate with openssl(1). */
export const showCertificate = (facts: EndpointFacts): Action => ({
  label: 'look at the certificate',
  command: `${sClient(facts)} </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName`,
});

/** openssl-s_client(1), as a client that names the host (SNI carries names, never addresses). */
export const sClient = (facts: EndpointFacts, ...options: readonly string[]): string => {
  const name = facts.target.address === null ? ['-servername', askedHost(facts)] : [];
  const to = ['-connect', askedEndpoint(facts)];
  return shellCommand('openssl', 's_client', ...to, ...name, ...options);
};
