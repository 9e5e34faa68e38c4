import type { Action, CheckResult } from '../../../model/finding.ts';
import { isKnown } from '../../../model/known.ts';
import type { ProxyVariables } from '../../../model/network.ts';
import { shellCommand, shellQuote } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { answererOf, askedHost, askedUrl } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { clientProtocol } from '../../client-protocol.ts';
import { describeProcess } from '../../describe-process.ts';
import type { EndpointFacts } from '../../facts.ts';
import { familyExpected } from '../../protocol-names.ts';
import {
  exemptions,
  isDeadProxy,
  isExempt,
  processesWithProxies,
  type ProxySetting,
  proxySettings,
} from '../../proxy-settings.ts';
import { unsetProxies } from '../../unset-proxies.ts';

/** The environment sends clients of this endpoint to a proxy, which is not there or can't reach it. */
export const proxyVariables: Check<EndpointFacts> = {
  id: 'proxy-variables',
  title: 'clients ask the endpoint itself, not a proxy',
  stage: 'route',
  explains: [
    'proxy-error',
    'timeout',
    'unreachable',
    'connection-refused',
    'name-not-resolved',
    'tls-mismatch',
  ],
  judge: (facts) => {
    const { asker, symptom, target } = facts;
    if (target.transport === 'udp' || symptom.role === 'server' || !asksHttp(facts)) {
      return notApplicable;
    }
    if (!isKnown(asker)) return couldNotCheck('the environment of who asks could not be read');
    return (
      (isDirect(facts) ? notApplicable : null) ??
      judgeEnvironment(facts, 'this shell', asker.proxies) ??
      judgeProcesses(facts) ??
      pass(`nothing of the environment sends ${askedHost(facts)} to a proxy`)
    );
  },
};

const asksHttp = (facts: EndpointFacts): boolean => {
  const client = clientProtocol(facts);
  return client === null || familyExpected(client) === 'http';
};

/**
 * Homeport asks no proxy: where it is refused or left waiting itself, that is no proxy's doing,
 * unless the client says that its proxy failed.
 */
const isDirect = ({ symptom, attempts }: EndpointFacts): boolean => {
  const reached = attempts.some(({ outcome }) => outcome === 'connected');
  if (symptom.from === 'message') {
    return symptom.class !== 'proxy-error' && attempts.length > 0 && !reached;
  }
  return symptom.from !== 'nothing' && !reached;
};

const schemeOf = (facts: EndpointFacts): 'http' | 'https' | null => {
  const client = clientProtocol(facts);
  return client === 'http' || client === 'https' ? client : null;
};

const judgeProcesses = (facts: EndpointFacts): CheckResult | null => {
  for (const { pid, variables } of processesWithProxies(facts)) {
    const result = judgeEnvironment(facts, describeProcess(pid, facts), variables);
    if (result !== null) return result;
  }
  return null;
};

const judgeEnvironment = (
  facts: EndpointFacts,
  whose: string,
  variables: ProxyVariables,
): CheckResult | null => {
  const settings = proxySettings(variables, schemeOf(facts));
  const [first] = settings;
  if (first === undefined || isExempt(variables, askedHost(facts), facts.target.port)) return null;
  const dead = isDeadProxy(first, facts) === true;
  return failed({
    id: 'proxy-variables',
    severity: dead ? 'critical' : 'warning',
    title: titleOf(facts, whose, first, dead),
    evidence: [
      ...settings.map(({ name, value }) => `${name}=${value} in the environment of ${whose}`),
      ...noProxyEvidence(variables, facts),
      ...(dead ? [`nothing listens on ${endpointText(first.host, first.port)}`] : []),
      ...directEvidence(facts),
      ...spellingEvidence(settings),
      honoured,
    ],
    benignCauses: dead ? [] : ['a debugging proxy that is meant to see these requests'],
    actions: [
      exemptLine(facts, whose, variables),
      {
        label: 'try it without a proxy',
        command: shellCommand(
          'curl',
          '-i',
          '--noproxy',
          '*',
          askedUrl(schemeOf(facts) ?? 'http', facts),
        ),
      },
      ...(dead ? [unsetProxies(variables, whose, 'or ask no proxy at all')] : []),
    ],
  });
};

const titleOf = (
  facts: EndpointFacts,
  whose: string,
  { name, host, port, scheme }: ProxySetting,
  dead: boolean,
): string => {
  const proxy = endpointText(host, port);
  if (facts.symptom.class === 'tls-mismatch' && scheme === 'https') {
    return `${name} of ${whose} speaks TLS to the proxy ${proxy} itself (https://), which nearly every proxy expects plain`;
  }
  const sends = `${name} of ${whose} sends requests for ${askedHost(facts)} to the proxy ${proxy}`;
  return dead ? `${sends}, where nothing listens` : `${sends}: NO_PROXY does not leave it out`;
};

/** Homeport asks no proxy. */
const directEvidence = (facts: EndpointFacts): readonly string[] =>
  facts.symptom.from === 'sockets' ? [`asked without a proxy, ${answererOf(facts)} answers`] : [];

const noProxyEvidence = (variables: ProxyVariables, facts: EndpointFacts): readonly string[] => {
  const values = exemptions(variables);
  return values.length === 0
    ? ['NO_PROXY is not set']
    : values.map(
        (value) => `NO_PROXY=${value} does not cover ${askedHost(facts)} for every client`,
      );
};

/** RFC 3875 4.1.18 made HTTP_PROXY of a request's Proxy header: curl reads the small one alone. */
const spellingEvidence = (settings: readonly ProxySetting[]): readonly string[] =>
  settings.length > 0 && settings.every(({ name }) => name === 'HTTP_PROXY')
    ? ['only HTTP_PROXY is set, in capitals: curl and wget read http_proxy alone for http://']
    : [];

const honoured =
  "curl, wget, pip, Python's requests and Ruby honour them; Go never for localhost; Node only with NODE_USE_ENV_PROXY=1 (24 and later) or a library (axios, undici's EnvHttpProxyAgent); Java and browsers not";

const exemptLine = (facts: EndpointFacts, whose: string, variables: ProxyVariables): Action => {
  const kept = exemptions(variables).flatMap((value) => value.split(',').map((one) => one.trim()));
  const local = ['localhost', '127.0.0.1', '::1'];
  const entries = [...new Set([...kept, ...local, askedHost(facts)])].filter((one) => one !== '');
  const value = shellQuote(entries.join(','));
  return {
    label:
      whose === 'this shell'
        ? `leave ${askedHost(facts)} out, in this shell and what it starts`
        : `leave ${askedHost(facts)} out, in the shell that ${whose} is started from, then restart it`,
    command: `export NO_PROXY=${value} no_proxy=${value}`,
    changes: 'the environment of this shell; write it into its profile to keep it',
  };
};
