import { isKnown } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answererAt, askedUrl, judgeSpoken } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';

/** The server asks its clients for a certificate, and serves nobody without (RFC 8446 4.3.2). */
export const clientCertificateWanted: Check<EndpointFacts> = {
  id: 'client-certificate-wanted',
  title: 'the server serves clients without a certificate',
  stage: 'tls',
  explains: ['tls-mismatch', 'tls-untrusted', 'connection-reset', 'broken-pipe'],
  judge: (facts) =>
    judgeSpoken(facts, ({ tls, details }) => {
      const alert = details['alert'];
      if (alert === 'certificate required' || alert === 'bad certificate') {
        return found(facts, `it ended the connection with the alert ${alert}`);
      }
      const said = complaintOf(facts);
      if (said !== null) return found(facts, `it answers “${said}”`);
      return tls === null || alert !== undefined
        ? notApplicable
        : pass('it went on without asking for one');
    }),
};

/** What servers say that ask for one and go on without, to tell so in HTTP: nginx; Go's proxies; Envoy. */
const complaints =
  /No required SSL certificate was sent|(?:TLS |SSL )?client certificate (?:is )?required/i;

const complaintOf = ({ application }: EndpointFacts): string | null => {
  if (application === null || !isKnown(application.value)) return null;
  const { status, body } = application.value;
  return status === 400 || status === 401 || status === 403 || status === 496
    ? (complaints.exec(body)?.[0] ?? null)
    : null;
};

const found = (facts: EndpointFacts, evidence: string) =>
  failed({
    id: 'client-certificate-wanted',
    severity: 'critical',
    title: `${answererAt(facts)} wants a certificate of its client (mutual TLS)`,
    evidence: [evidence],
    actions: [
      {
        label: 'give the client its certificate and key, that an authority of the server signed',
        command: shellCommand(
          'curl',
          '-i',
          '--cert',
          'client.pem',
          '--key',
          'client-key.pem',
          askedUrl('https', facts),
        ),
      },
      {
        label:
          'have the server do without: `ssl_verify_client` of nginx, `requestCert` of Node, `client_auth` of Caddy, `--client-cert-auth` of etcd',
        command: null,
      },
    ],
  });
