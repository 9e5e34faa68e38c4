import { answererAt, askedUrl, judgeSpoken, sClient } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import type { EndpointFacts } from '../../facts.ts';

/** The server has no version of TLS newer than 1.1, which clients no longer speak (RFC 8996). */
export const tlsVersionMismatch: Check<EndpointFacts> = {
  id: 'tls-version-mismatch',
  title: 'the server speaks a version of TLS that clients of today do',
  stage: 'tls',
  explains: ['tls-mismatch', 'connection-reset'],
  judge: (facts) =>
    judgeSpoken(facts, ({ tls, details }) => {
      if (tls === null) {
        return details['alert'] === 'protocol version'
          ? found(facts, 'refuses every version of TLS from 1.0 to 1.3', [
              'it ended the handshake with the alert protocol version',
            ])
          : notApplicable;
      }
      const old = oldVersions.get(tls.version);
      return old === undefined
        ? pass(`it agreed on ${tls.version}`)
        : found(facts, `speaks ${old} at most`, [
            `offered TLS 1.0 to 1.3, it chose ${old}`,
            'Node, OpenSSL 3, curl, Go, Java and browsers refuse versions below 1.2 unless they are told otherwise',
          ]);
    }),
};

/** Node's names for them. */
const oldVersions: ReadonlyMap<string, string> = new Map([
  ['SSLv3', 'SSL 3.0'],
  ['TLSv1', 'TLS 1.0'],
  ['TLSv1.1', 'TLS 1.1'],
]);

const found = (facts: EndpointFacts, what: string, evidence: readonly string[]) =>
  failed({
    id: 'tls-version-mismatch',
    severity: 'critical',
    title: `${answererAt(facts)} ${what}: clients of today end the handshake`,
    evidence,
    actions: [
      {
        label:
          'allow TLS 1.2 and 1.3 in the server: `ssl_protocols TLSv1.2 TLSv1.3;` of nginx, `SSLProtocol -all +TLSv1.2 +TLSv1.3` of Apache, `minVersion`/`maxVersion` of Node',
        command: null,
      },
      {
        label: 'see it with a client that still speaks the old versions',
        command: `${sClient(facts, '-tls1_1', '-cipher', 'DEFAULT:@SECLEVEL=0')} </dev/null`,
      },
      {
        label: 'until then, let one curl speak them too',
        command: shellCommand(
          'curl',
          '-i',
          '--tlsv1.0',
          '--ciphers',
          'DEFAULT:@SECLEVEL=0',
          askedUrl('https', facts),
        ),
      },
    ],
  });
