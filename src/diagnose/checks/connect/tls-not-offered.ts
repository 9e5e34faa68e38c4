import { shellCommand } from '../../../model/shell-quote.ts';
import { answererAt, askedHost, judgeSpoken } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';

/** A database whose client insists on TLS, which this server has not turned on. */
export const tlsNotOffered: Check<EndpointFacts> = {
  id: 'tls-not-offered',
  title: 'the database offers TLS where its client insists',
  stage: 'tls',
  explains: ['tls-on-http-port', 'tls-mismatch'],
  judge: (facts) =>
    judgeSpoken(facts, ({ id, details }) => {
      const insists = tlsNotOffered.explains.includes(facts.symptom.class);
      if (id !== 'postgres' || !insists) return notApplicable;
      return details['tls'] === 'not offered' ? found(facts) : pass('it offers TLS');
    }),
};

const found = (facts: EndpointFacts) =>
  failed({
    id: 'tls-not-offered',
    severity: 'critical',
    title: `${answererAt(facts)} has TLS turned off, and its client insists on it`,
    evidence: ['it answered the request for TLS (SSLRequest) with N, for no'],
    actions: [
      {
        label: 'on this machine, do without: `sslmode=disable`, or `ssl: false` in node-postgres',
        command: shellCommand(
          'psql',
          `host=${askedHost(facts)} port=${facts.target.port} sslmode=disable`,
        ),
      },
      {
        label: 'turn TLS on in the server: `ssl = on` in postgresql.conf, then reload it',
        command: null,
      },
    ],
  });
