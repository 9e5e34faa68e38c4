import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeAsker } from '../../judge-known.ts';

/** Node's command-line documents: a file that can't be read is a warning on stderr, and no certificate. */
export const extraCaCerts: Check<MachineFacts> = {
  id: 'extra-ca-certs',
  title: 'the certificates that Node is to trust can be read',
  stage: 'tls',
  explains: ['tls-untrusted'],
  judge: (facts) =>
    judgeAsker(facts, ({ extraCaCerts: extra }) => {
      if (extra === null) return pass('NODE_EXTRA_CA_CERTS is not set');
      if (extra.readable) {
        return pass(
          `NODE_EXTRA_CA_CERTS is ${extra.path}, which Node 20 reads at every start: tens of milliseconds`,
        );
      }
      return failed({
        id: 'extra-ca-certs',
        severity: 'warning',
        title: `NODE_EXTRA_CA_CERTS names ${extra.path}, which can’t be read: Node trusts none of its certificates`,
        evidence: [`NODE_EXTRA_CA_CERTS=${extra.path}`],
        actions: [
          {
            label: 'do without, in this shell and what it starts (or name the file that is meant)',
            command: 'unset NODE_EXTRA_CA_CERTS',
            changes: 'the environment of this shell',
          },
        ],
      });
    }),
};
