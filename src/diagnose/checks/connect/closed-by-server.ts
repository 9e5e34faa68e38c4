import type { CheckResult } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import type { Evidence, Listener } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answererAt, askedEndpoint } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, type Found, notApplicable, pass } from '../../check-result.ts';
import { describeListener, explainCommand } from '../../describe-listener.ts';
import { dialText } from '../../dial-text.ts';
import type { EndpointFacts } from '../../facts.ts';

/** The server's end of a connection was closed while its client still used it. */
export const closedByServer: Check<EndpointFacts> = {
  id: 'closed-by-server',
  title: 'the server keeps the connections that it accepts',
  stage: 'protocol',
  explains: ['connection-reset', 'broken-pipe'],
  judge: (facts) =>
    hangsUp(facts) ??
    (isTold(facts) ? (startedLately(facts) ?? closesIdle(facts)) : null) ??
    rest(facts),
};

const isCutOff = ({ symptom }: EndpointFacts): boolean =>
  symptom.class === 'connection-reset' || symptom.class === 'broken-pipe';

/** What is not met now may have been another connection's end. */
const isTold = (facts: EndpointFacts): boolean =>
  isCutOff(facts) && facts.symptom.from === 'message';

const isMet = (facts: EndpointFacts): boolean =>
  isCutOff(facts) || facts.met?.class === 'connection-reset';

const rest = ({ protocol: { value } }: EndpointFacts): CheckResult =>
  value.status === 'identified' ? pass('it answered a handshake') : notApplicable;

const found = (told: Omit<Found, 'id'>): CheckResult => failed({ id: 'closed-by-server', ...told });

/** How a server sent Homeport itself away; null: it did not, or that is not what was met. */
type Ending = { readonly reset: boolean; readonly atOnce: boolean };

const endingOf = (facts: EndpointFacts): Ending | null => {
  const { protocol, application, attempts } = facts;
  const conduct = protocol.value.status === 'unrecognised' ? protocol.value.conduct : undefined;
  if (attempts[0]?.outcome === 'reset' && facts.answering.length > 0) {
    return { reset: true, atOnce: true };
  }
  const upon = application?.unanswered;
  if (conduct === 'closed-at-once') return { reset: upon === 'reset', atOnce: true };
  if (upon === 'closed' || upon === 'reset') return { reset: upon === 'reset', atOnce: false };
  // A server closes upon what is none of its protocol: that counts where it is what was met.
  return conduct === 'closed' && isMet(facts) ? { reset: false, atOnce: false } : null;
};

/** Seen by Homeport itself: who connects is sent away, at once or after its first words. */
const hangsUp = (facts: EndpointFacts): CheckResult | null => {
  const ending = endingOf(facts);
  if (ending === null) return null;
  const forwarded = ending.atOnce ? forwarderOf(facts) : null;
  if (forwarded !== null) return deadEnd(facts, forwarded);
  const how = ending.reset ? 'resets' : 'closes';
  const when = ending.atOnce ? 'at once, before a word is said' : 'without an answer';
  return found({
    severity: 'warning',
    title: `${answererAt(facts)} accepts a connection and ${how} it ${when}`,
    evidence: endingEvidence(facts),
    benignCauses: [
      'it serves only clients of a list (an allow list, tcp wrappers, pg_hba.conf, protected mode)',
      'as many clients as it serves are there already',
      'its worker ends by an error as it begins to serve',
    ],
    actions: [
      { label: "its log says why: this is the server's own doing", command: null },
      ...facts.answering.slice(0, 1).map((listener) => ({
        label: 'see what it is and why it runs',
        command: explainCommand(listener),
      })),
    ],
  });
};

const endingEvidence = ({ protocol: { value }, attempts, path }: EndpointFacts): Evidence => {
  if (attempts[0]?.outcome === 'reset') return attempts.map(dialText);
  return value.status === 'unrecognised'
    ? value.evidence
    : [`it answered another question, and closed the connection upon GET ${path ?? '/'}`];
};

/** Programs that accept for another, and close where that other one does not. */
const forwarders: ReadonlySet<string> = new Set([
  'docker-proxy',
  'haproxy',
  'kubectl',
  'rootlessport',
  'socat',
  'ssh',
]);

const forwarderOf = ({ answering: [listener] }: EndpointFacts): Listener | null => {
  const program = listener === undefined ? null : knownOr(listener.program, null);
  return listener !== undefined && forwarders.has(program?.id ?? '') ? listener : null;
};

const deadEnd = (facts: EndpointFacts, listener: Listener): CheckResult =>
  found({
    severity: 'critical',
    title: `${describeListener(listener)} forwards ${askedEndpoint(facts)}, and nothing answers at the other end`,
    evidence: ['it accepts a connection and closes it at once, before a word is said'],
    actions: [
      {
        label:
          'look at the other end of the forwarding: whether the program there listens, and where',
        command: explainCommand(listener),
      },
    ],
  });

const latelyMs = 60_000;

/** A connection that was made to the process before is cut with it. */
const startedLately = (facts: EndpointFacts): CheckResult | null => {
  const [listener] = facts.answering;
  const since = listener === undefined ? null : knownOr(listener.since, null);
  if (listener === undefined || since === null) return null;
  const age = Date.parse(facts.snapshot.takenAt) - Date.parse(since);
  if (Number.isNaN(age) || age < 0 || age > latelyMs) return null;
  return found({
    severity: 'notice',
    title: `${describeListener(listener)} was started ${Math.round(age / 1000)} s ago: connections to the one before it may have been cut`,
    evidence: [`it runs since ${since}`],
    benignCauses: ['a dev server that restarts upon each change'],
    actions: [
      {
        label: 'try again; if it comes back, look whether something restarts it',
        command: shellCommand('homeport', 'ls', '--watch', String(facts.target.port)),
      },
    ],
  });
};

/** RFC 9112 9.6: a client that sends upon an idle connection as the server closes it is reset. */
const closesIdle = (facts: EndpointFacts): CheckResult | null => {
  const { application } = facts;
  const header =
    application !== null && isKnown(application.value)
      ? application.value.headers['keep-alive']
      : undefined;
  const [, seconds] = /\btimeout=(\d{1,6})\b/.exec(header ?? '') ?? [];
  if (seconds === undefined) return null;
  return found({
    severity: 'notice',
    title: `${answererAt(facts)} closes connections that are idle for ${seconds} s, and a client that uses one again in that moment is cut off`,
    evidence: [`keep-alive: ${header}`, 'it answers new connections'],
    benignCauses: ['the client or the server was stopped at that time'],
    actions: [
      {
        label:
          'have the server keep them longer than its clients do (`server.keepAliveTimeout` of Node, `keepalive_timeout` of nginx, `--timeout-keep-alive` of uvicorn), or have the client try again once',
        command: null,
      },
    ],
  });
};
