import type { Action } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { answererAt } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { ApplicationAnswer, EndpointFacts } from '../../facts.ts';
import { type Gateway, gatewayOf } from '../../gateways.ts';
import { nginxActions } from '../../nginx-gateway.ts';
import { upstreamEvidence } from '../../upstreams.ts';

/** A proxy in front answers, and can not reach the application behind it (RFC 9110 15.6.3–5). */
export const badGateway: Check<EndpointFacts> = {
  id: 'bad-gateway',
  title: 'what is behind the server answers',
  stage: 'application',
  explains: ['proxy-error', 'timeout'],
  judge: (facts) => {
    const { application } = facts;
    if (application === null || !isKnown(application.value)) return notApplicable;
    const answer = application.value;
    const gateway = gatewayOf(answer, programOf(facts));
    return gateway === null
      ? pass(`GET ${answer.url} answers ${answer.status}`)
      : found(facts, answer, gateway);
  },
};

const programOf = ({ answering: [listener] }: EndpointFacts): string | null =>
  listener === undefined ? null : (knownOr(listener.program, null)?.id ?? null);

const found = (facts: EndpointFacts, answer: ApplicationAnswer, gateway: Gateway) => {
  const { status, url } = answer;
  const server = answer.headers['server'];
  return failed({
    id: 'bad-gateway',
    severity: 'critical',
    title: `${answererAt(facts)} works, and ${meanings[status] ?? 'can not reach'} the application behind it (${status} of ${gateway.name})`,
    evidence: [
      `GET ${url} answers ${status}`,
      ...(server === undefined ? [] : [`server: ${server}`]),
      ...upstreamEvidence(facts),
    ],
    benignCauses: ['the application behind it is just starting'],
    actions: [
      ...waysBehind(gateway, facts),
      { label: 'then ask why that one fails', command: 'homeport why HOST:PORT' },
    ].map((action) => ({ ...action, ...rootOf(action.command) })),
  });
};

const waysBehind = (gateway: Gateway, facts: EndpointFacts): readonly Action[] => {
  const { name, setting, log } = gateway;
  const own = name === 'nginx' ? nginxActions(facts) : null;
  return own ?? [setting, ...(log === null ? [] : [log])];
};

const rootOf = (command: string | null): { readonly needsRoot?: true } =>
  command?.startsWith('sudo ') === true ? { needsRoot: true } : {};

const meanings: Readonly<Record<number, string>> = {
  502: 'gets no good answer from',
  503: 'has nobody left to ask of',
  504: 'waited too long for',
};
