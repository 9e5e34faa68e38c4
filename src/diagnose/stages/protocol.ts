import type { Stage } from '../../model/diagnosis.ts';
import type { Conduct, Protocol } from '../../model/protocol.ts';
import { clientProtocol } from '../client-protocol.ts';
import type { EndpointFacts } from '../facts.ts';
import { familyExpected, isUnderstood, type SpokenProtocol } from '../protocol-names.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What the server speaks, and whether that is what the client speaks. */
export const protocolStage: JudgeStage = (facts) => {
  const { value, durationMs } = facts.protocol;
  switch (value.status) {
    case 'not-probed':
      return stage('protocol', 'not-applicable', value.why);
    case 'unreachable':
      return stage('protocol', 'not-applicable', value.why);
    case 'unrecognised':
      return unrecognised(facts, value);
    case 'identified': {
      const client = clientProtocol(facts);
      const spoken = value.server === null ? value.name : `${value.name}, ${value.server}`;
      const more = { evidence: value.evidence, durationMs };
      if (isOfHttp2Alone(facts, value)) {
        const summary = `${spoken}, and HTTP/1.1 gets no answer`;
        return stage('protocol', client === 'http' ? 'fail' : 'pass', summary, more);
      }
      const fits = client === null || isUnderstood(client, value) !== false;
      const summary = fits ? spoken : `${spoken}, and the client speaks ${client}`;
      return stage('protocol', fits ? 'pass' : 'fail', summary, more);
    }
  }
};

const unrecognised = (facts: EndpointFacts, { conduct, evidence }: Unrecognised): Stage => {
  const client = clientProtocol(facts);
  const isAwaited = client !== null && familyExpected(client) !== null;
  const result = isAwaited && conduct !== undefined ? 'fail' : 'unknown';
  const more = { evidence, durationMs: facts.protocol.durationMs };
  return stage('protocol', result, conduct === undefined ? notKnown : conducts[conduct], more);
};

type Unrecognised = Extract<Protocol, { status: 'unrecognised' }>;

const notKnown = 'what it speaks was not recognised';

const conducts: Readonly<Record<Conduct, string>> = {
  silent: 'it says nothing, whatever it is asked',
  answered: notKnown,
  closed: 'it closes the connection upon every question',
  'closed-at-once': 'it closes the connection at once, before a word is said',
};

/** A client of plain HTTP begins in HTTP/1.1 (RFC 9113 3). */
const isOfHttp2Alone = ({ application }: EndpointFacts, { id, tls }: SpokenProtocol): boolean =>
  tls === null && ['http2', 'grpc'].includes(id) && application?.unanswered !== undefined;
