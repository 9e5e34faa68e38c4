import { answererAt, askedHost, judgeSpoken, sClient } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';

/** The server ended the handshake with an alert that another check has no better word for. */
export const tlsHandshakeRefused: Check<EndpointFacts> = {
  id: 'tls-handshake-refused',
  title: 'the server goes through with the TLS handshake',
  stage: 'tls',
  explains: ['tls-mismatch', 'tls-untrusted', 'connection-reset'],
  judge: (facts) =>
    judgeSpoken(facts, ({ tls, details }) => {
      const alert = details['alert'];
      if (tls !== null) return pass(`it agreed on ${tls.version}`);
      return alert === undefined || told.has(alert) ? notApplicable : found(facts, alert);
    }),
};

/** Those that have a check of their own. */
const told: ReadonlySet<string> = new Set([
  'certificate required',
  'bad certificate',
  'protocol version',
]);

const found = (facts: EndpointFacts, alert: string) =>
  failed({
    id: 'tls-handshake-refused',
    severity: 'critical',
    title: `${answererAt(facts)} ends the TLS handshake: ${alert}`,
    evidence: [`the server's alert: ${alert} (RFC 8446 6)`, `the client named ${askedHost(facts)}`],
    benignCauses: meanings.get(alert) ?? [],
    actions: [
      {
        label: "see the whole handshake, then the server's log",
        command: `${sClient(facts, '-state')} </dev/null`,
      },
    ],
  });

/** What servers mean by them, as far as they do it for more than one reason. */
const meanings: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'handshake failure',
    [
      'client and server share no cipher',
      'before TLS 1.3 also: it wants a certificate of its client',
      'it has no certificate to show for this name',
    ],
  ],
  [
    'internal error',
    ['it has no certificate for this name: Caddy and Traefik say so of names they do not serve'],
  ],
  ['unrecognized name', ['it serves other names than the one that the client named (SNI)']],
  ['no application protocol', ['it speaks none of h2 and http/1.1 (ALPN)']],
]);
