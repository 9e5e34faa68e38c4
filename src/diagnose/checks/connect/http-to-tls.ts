import { shellCommand } from '../../../model/shell-quote.ts';
import { answererAt, askedUrl, judgeSpoken } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { clientProtocol } from '../../client-protocol.ts';
import type { EndpointFacts } from '../../facts.ts';
import { type SpokenProtocol, speaksHttp, speaksTls } from '../../protocol-names.ts';

/** A client of plain HTTP at a port that speaks TLS. */
export const httpToTls: Check<EndpointFacts> = {
  id: 'http-to-tls',
  title: 'plain HTTP is sent to a port that speaks it',
  stage: 'tls',
  explains: ['http-on-tls-port', 'wrong-protocol', 'connection-reset', 'broken-pipe'],
  judge: (facts) =>
    judgeSpoken(facts, (protocol) => {
      if (!sendsPlainHttp(facts)) return notApplicable;
      if (speaksTls(protocol)) return found(facts, protocol);
      return speaksHttp(protocol) ? pass('it speaks HTTP without TLS') : notApplicable;
    }),
};

/** A server's own complaint says it too, whoever its clients are. */
const sendsPlainHttp = (facts: EndpointFacts): boolean =>
  clientProtocol(facts) === 'http' || facts.symptom.class === 'http-on-tls-port';

const found = (facts: EndpointFacts, { tls, details, evidence }: SpokenProtocol) =>
  failed({
    id: 'http-to-tls',
    severity: 'critical',
    title: `${answererAt(facts)} speaks TLS, and plain HTTP is sent to it: ${askedUrl('https', facts)} is right`,
    evidence: [
      ...evidence,
      ...(details['requires'] === 'TLS' ? ['it answers plain HTTP with a complaint'] : []),
    ],
    actions: [
      {
        label: 'write https:// instead of http://, wherever the client has the URL from',
        command: shellCommand(
          'curl',
          tls?.trust?.authorized === true ? '-i' : '-ik',
          askedUrl('https', facts),
        ),
      },
    ],
  });
