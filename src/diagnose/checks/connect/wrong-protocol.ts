import type { Action } from '../../../model/finding.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answererAt, askedHost, askedUrl, judgeSpoken } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { clientProtocol } from '../../client-protocol.ts';
import { describeProcess } from '../../describe-process.ts';
import { listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import {
  familyExpected,
  familySpoken,
  familyTitle,
  isUnderstood,
  type SpokenProtocol,
} from '../../protocol-names.ts';
import { siblingListeners } from '../../siblings.ts';

/** Client and server speak different protocols: a browser at a database, psql at a web server. */
export const wrongProtocol: Check<EndpointFacts> = {
  id: 'wrong-protocol',
  title: 'client and server speak the same protocol',
  stage: 'protocol',
  explains: [
    'wrong-protocol',
    'tls-mismatch',
    'tls-on-http-port',
    'http-on-tls-port',
    'connection-reset',
    'broken-pipe',
  ],
  judge: (facts) =>
    judgeSpoken(facts, (protocol) => {
      const spoken = familySpoken(protocol);
      if (spoken === null) return notApplicable;
      const client = clientProtocol(facts);
      if (client === null) {
        return facts.symptom.class === 'wrong-protocol'
          ? foreign(facts, protocol, spoken)
          : notApplicable;
      }
      const expected = familyExpected(client);
      if (expected === null) return notApplicable;
      return isUnderstood(client, protocol) === true
        ? pass(`both speak ${familyTitle(expected)}`)
        : mistaken(facts, protocol, expected, spoken);
    }),
};

const mistaken = (
  facts: EndpointFacts,
  protocol: SpokenProtocol,
  expected: string,
  spoken: string,
) =>
  failed({
    id: 'wrong-protocol',
    severity: 'critical',
    title: `${answererAt(facts)} speaks ${familyTitle(spoken)}, and the client expects ${familyTitle(expected)}`,
    evidence: [...protocol.evidence, ...siblingsEvidence(facts)],
    actions: [...rightClient(facts, protocol, spoken), ...siblingActions(facts)].slice(0, 3),
  });

/** Nothing tells what the client speaks: that it is not this is what its message says. */
const foreign = (facts: EndpointFacts, protocol: SpokenProtocol, spoken: string) => {
  const title =
    facts.symptom.role === 'server'
      ? `a client of something else than ${familyTitle(spoken)} connects to ${answererAt(facts)}`
      : `${answererAt(facts)} speaks ${familyTitle(spoken)}, which its client does not expect`;
  return failed({
    id: 'wrong-protocol',
    severity: 'warning',
    title,
    evidence: [...protocol.evidence, ...clientsEvidence(facts), ...siblingsEvidence(facts)],
    actions: [...rightClient(facts, protocol, spoken), ...siblingActions(facts)].slice(0, 3),
  });
};

const clientsEvidence = (facts: EndpointFacts): readonly string[] => {
  const pids = facts.ends.flatMap(({ client }) =>
    typeof client.pid === 'number' ? [client.pid] : [],
  );
  return [...new Set(pids)]
    .slice(0, 3)
    .map((pid) => `${describeProcess(pid, facts)} is connected to it`);
};

const siblingsEvidence = (facts: EndpointFacts): readonly string[] =>
  siblingListeners(facts)
    .slice(0, 4)
    .map((listener) => `the same process listens on ${listenerEndpoint(listener)} too`);

const siblingActions = (facts: EndpointFacts): readonly Action[] =>
  siblingListeners(facts)
    .slice(0, 1)
    .map((listener) => ({
      label: 'see what the same process speaks on its other port',
      command: shellCommand('homeport', 'explain', listenerEndpoint(listener)),
    }));

const rightClient = (
  facts: EndpointFacts,
  { tls }: SpokenProtocol,
  spoken: string,
): readonly Action[] => {
  const words = clients[spoken]?.({
    host: askedHost(facts),
    port: String(facts.target.port),
    url: askedUrl(tls === null ? 'http' : 'https', facts),
  });
  return words === undefined
    ? []
    : [{ label: `talk to it with ${words[0]}`, command: shellCommand(...words) }];
};

type Place = { readonly host: string; readonly port: string; readonly url: string };

const line = ({ host, port }: Place) => ['nc', host, port] as const;

const clients: Readonly<
  Record<string, ((place: Place) => readonly [string, ...string[]]) | undefined>
> = {
  http: ({ url }) => ['curl', '-i', url],
  postgres: ({ host, port }) => ['psql', '-h', host, '-p', port],
  mysql: ({ host, port }) => ['mysql', '--protocol=tcp', '-h', host, '-P', port],
  redis: ({ host, port }) => ['redis-cli', '-h', host, '-p', port],
  mongodb: ({ host, port }) => ['mongosh', '--host', host, '--port', port],
  ssh: ({ host, port }) => ['ssh', '-p', port, host],
  grpc: ({ host, port }) => ['grpcurl', '-plaintext', `${host}:${port}`, 'list'],
  mqtt: ({ host, port }) => ['mosquitto_sub', '-h', host, '-p', port, '-t', '#', '-v'],
  kafka: ({ host, port }) => ['kcat', '-L', '-b', `${host}:${port}`],
  ftp: ({ host, port }) => ['curl', `ftp://${host}:${port}/`],
  memcached: line,
  nats: line,
  smtp: line,
  imap: line,
  pop3: line,
};
