import type { Connection, End } from '../../../model/connection.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import type { InetListener } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { answeringListeners } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { containerName } from '../../container-ports.ts';
import {
  describeListener,
  explainCommand,
  listenerEndpoint,
  ownerOf,
} from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';

/** Who accepts passes connections on to another server: what fails, fails behind it. */
export const proxyInFront: Check<EndpointFacts> = {
  id: 'proxy-in-front',
  title: 'the server itself answers, no forwarder',
  stage: 'application',
  explains: [
    'proxy-error',
    'connection-reset',
    'broken-pipe',
    'timeout',
    'wrong-protocol',
    'host-not-allowed',
  ],
  consequenceOf: ['bad-gateway'],
  judge: (facts) => {
    const answering = answeringListeners(facts);
    if (answering.length === 0) return notApplicable;
    const forwarder = answering.find(isForwarder);
    if (forwarder === undefined) return pass('the program that listens is no forwarder');
    const behind = behindOf(forwarder, facts);
    return isDoubted(forwarder, behind, facts)
      ? found(forwarder, behind, facts)
      : pass([`${describeListener(forwarder)} may pass it on`, ...behind].join(': '));
  },
};

/** A web server that may be a proxy is one where it says so: by a gateway's status, or a connection. */
const isDoubted = (
  { program }: InetListener,
  behind: readonly string[],
  facts: EndpointFacts,
): boolean => {
  const { class: failure } = facts.symptom;
  if (failure === 'none' || failure === 'connection-refused') return false;
  const serves = servers.has(knownOr(program, null)?.id ?? '');
  return !serves || behind.length > 0 || statusOf(facts) !== null;
};

/** Forwarders that answer for themselves too. */
const servers: ReadonlySet<string> = new Set(['caddy', 'nginx', 'openresty']);

const isForwarder = ({ program }: InetListener): boolean => {
  const id = knownOr(program, null)?.id ?? null;
  return id !== null && id in forwarders;
};

/** Programs that answer for others, by id, and where each says what is behind it. */
const forwarders: Readonly<Record<string, string>> = {
  caddy: 'reverse_proxy in the Caddyfile',
  'docker-proxy': 'docker ps',
  envoy: 'the clusters of its configuration',
  frp: 'its configuration file',
  haproxy: 'the backend sections of haproxy.cfg',
  kubectl: 'the arguments of kubectl port-forward, and kubectl get pods',
  mitmproxy: 'its --mode',
  nginx: 'proxy_pass in its configuration (nginx -T)',
  openresty: 'proxy_pass in its configuration',
  pasta: 'podman ps',
  rootlessport: 'podman ps, or docker ps',
  slirp4netns: 'podman ps',
  socat: 'its second address',
  squid: 'squid.conf',
  ssh: 'its -L option, and whether the remote server listens',
  traefik: 'its routers and services',
};

/** What is known of the server behind a forwarder, one sentence each. */
const behindOf = (forwarder: InetListener, facts: EndpointFacts): readonly string[] => [
  ...publishedSentences(forwarder, facts),
  ...upstreamSentences(forwarder, facts),
];

const publishedSentences = (
  { port, transport }: InetListener,
  { snapshot }: EndpointFacts,
): readonly string[] =>
  snapshot.containers.flatMap((container) =>
    knownOr(container.published, [])
      .filter((one) => one.hostPort === port && one.transport === transport)
      .slice(0, 1)
      .map(
        ({ containerPort }) =>
          `port ${containerPort} of the container ${containerName(container)} is behind it`,
      ),
  );

const upstreamSentences = (
  forwarder: InetListener,
  { connections }: EndpointFacts,
): readonly string[] => {
  const pids = new Set(knownOr(forwarder.owners, []).map(({ pid }) => pid));
  const ends = connections
    .filter(({ client, server }) => isOf(client, pids) && server.port !== forwarder.port)
    .map(endSentence);
  return [...new Set(ends)].slice(0, most);
};

const most = 3;

const isOf = ({ pid }: End, pids: ReadonlySet<number>): boolean => isKnown(pid) && pids.has(pid);

const endSentence = ({ server, state }: Connection): string => {
  const program = knownOr(server.program, null);
  const at = endpointText(server.address, server.port);
  return `it is connected to ${program === null ? '' : `${program} on `}${at} (${state})`;
};

const found = (forwarder: InetListener, behind: readonly string[], facts: EndpointFacts) => {
  const id = knownOr(forwarder.program, null)?.id ?? '';
  const status = statusOf(facts);
  const owner = ownerOf(forwarder);
  return failed({
    id: 'proxy-in-front',
    severity: 'warning',
    title: `${describeListener(forwarder)} on ${listenerEndpoint(forwarder)} passes connections on: ${status === null ? 'the server behind it has to answer' : `the server behind it gives no answer (status ${status})`}`,
    evidence: [
      ...(status === null ? [] : [`it answers with status ${status}`]),
      ...(behind.length === 0 ? ['nothing shows where it passes them on to'] : behind),
    ],
    benignCauses: status === null ? ['the forwarder itself has closed the connection'] : [],
    actions: [
      {
        label: `see where it leads: ${forwarders[id] ?? 'its configuration'}`,
        command: owner === null ? null : shellCommand('homeport', 'explain', `pid:${owner.pid}`),
      },
      ...(owner === null
        ? [{ label: 'see what is known of it', command: explainCommand(forwarder) }]
        : []),
    ],
  });
};

/** RFC 9110 15.6.3–15.6.5: what a gateway says of the server behind it. */
const statusOf = ({ application }: EndpointFacts): number | null => {
  const answer = application === null ? null : knownOr(application.value, null);
  return answer !== null && [502, 503, 504].includes(answer.status) ? answer.status : null;
};
