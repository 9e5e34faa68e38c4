import type { Check } from '../../../src/diagnose/check.ts';
import type { EndpointFacts } from '../../../src/diagnose/facts.ts';
import { judgeChecks } from '../../../src/diagnose/judge-checks.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { FailureClass, FailureMessage } from '../../../src/model/failure.ts';
import type { Protocol, TlsFacts } from '../../../src/model/protocol.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';

/** How a check ended, in one word, and what it found; an error of it is the test's. */
export const outcome = (
  check: Check<EndpointFacts>,
  facts: EndpointFacts,
): { readonly result: string; readonly finding: Finding | null } => {
  const { reports, findings, problems } = judgeChecks([check], facts);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return { result: reports[0]?.result ?? 'none', finding: findings[0]?.finding ?? null };
};

/** What a check found; throws how it ended where it found nothing. */
export const foundBy = (check: Check<EndpointFacts>, facts: EndpointFacts): Finding => {
  const { result, finding } = outcome(check, facts);
  if (finding === null) throw new Error(`${check.id} ended as ${result}`);
  return finding;
};

type Identified = Extract<Protocol, { status: 'identified' }>;

/** A protocol that a server was seen to speak. */
export const spoken = (id: string, told: Partial<Identified> = {}): Identified => ({
  status: 'identified',
  id,
  name: id,
  version: null,
  server: null,
  title: null,
  tls: null,
  authentication: null,
  details: {},
  evidence: [`answered as ${id}`],
  ...told,
});

/** A certificate of a known authority for localhost and 127.0.0.1. */
export const soundTls = (told: Partial<TlsFacts> = {}): TlsFacts => ({
  version: 'TLSv1.3',
  alpn: 'http/1.1',
  subject: 'CN=localhost',
  issuer: 'CN=Good Authority',
  names: ['localhost', '127.0.0.1'],
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  selfSigned: false,
  fingerprint256: 'AA',
  trust: { authorized: true, error: null, nameMatches: true },
  ...told,
});

/** Facts of an endpoint behind which one server listens, that speaks a protocol. */
export const served = (
  text: string,
  protocol: Protocol,
  { facts = {}, ...told }: Told & { readonly argv?: readonly string[] } = {},
): EndpointFacts => {
  const port = Number(/:(\d+)/.exec(text)?.[1] ?? 8443);
  const argv = told.argv ?? ['/srv/shop/server'];
  return endpointFacts(text, {
    sockets: [socket(10, { local: { address: '127.0.0.1', port } })],
    holders: { 10: [101] },
    processes: [oneProcess(101, 1, { comm: 'server', argv, cwd: '/srv/shop' })],
    ...told,
    facts: {
      symptom: { class: 'none', role: 'unknown', from: 'nothing' },
      addresses: ['127.0.0.1'],
      protocol: { value: protocol, durationMs: 1 },
      attempts: [{ address: '127.0.0.1', port, outcome: 'connected', code: null, durationMs: 1 }],
      ...facts,
    },
  });
};

/** A symptom that a client's message tells. */
export const told = (failure: FailureClass): Pick<EndpointFacts, 'symptom'> => ({
  symptom: { class: failure, role: 'client', from: 'message' },
});

/** A message of a client. */
export const message = (
  failure: FailureClass,
  text: string,
  ecosystem: string | null = null,
): Pick<EndpointFacts, 'symptom' | 'message'> => {
  const role: FailureMessage['role'] = 'client';
  return {
    ...told(failure),
    message: { class: failure, endpoints: [], role, ecosystem, line: 1, text, notes: [] },
  };
};

/** What the front page answered. */
export const answered = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Pick<EndpointFacts, 'application'> => ({
  application: { value: { url: 'http://localhost:8000/', status, headers, body }, durationMs: 1 },
});
