import { answererAt } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable } from '../../check-result.ts';
import { clientProtocol } from '../../client-protocol.ts';
import { explainCommand } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { familyExpected, familyTitle } from '../../protocol-names.ts';

/** What a server says is nothing that its client could read, and nothing that Homeport knows. */
export const unknownProtocol: Check<EndpointFacts> = {
  id: 'unknown-protocol',
  title: 'what the server says can be read',
  stage: 'protocol',
  explains: ['wrong-protocol', 'tls-mismatch', 'tls-on-http-port', 'timeout', 'connection-reset'],
  judge: (facts) => {
    const { value } = facts.protocol;
    const client = clientProtocol(facts);
    const family = client === null ? null : familyExpected(client);
    if (value.status !== 'unrecognised' || family === null || client === null) return notApplicable;
    const isForeign = value.conduct === 'answered' || facts.application?.unanswered === 'not-http';
    if (!isForeign) return notApplicable;
    const title = client === 'https' ? 'HTTP over TLS' : familyTitle(family);
    return failed({
      id: 'unknown-protocol',
      severity: 'critical',
      title: `${answererAt(facts)} answers, and not in ${title}: what it speaks is not known`,
      evidence: value.evidence,
      benignCauses: [
        'it is another server than the one that is meant',
        'it has a protocol of its own',
      ],
      actions: facts.answering.slice(0, 1).map((listener) => ({
        label: 'see what it is and why it runs',
        command: explainCommand(listener),
      })),
    });
  },
};
