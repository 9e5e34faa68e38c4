import type { ApplicationAnswer, AskedApplication, Timed } from '../diagnose/facts.ts';
import { unacceptedQueue } from '../diagnose/probes/unaccepted.ts';
import { familyExpected, speaksHttp, speaksHttp1 } from '../diagnose/protocol-names.ts';
import { isKnown } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Protocol } from '../model/protocol.ts';
import type { AcceptQueue } from '../model/socket.ts';
import type { EndpointTarget } from '../model/target.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { askAddress } from './ask-protocol.ts';
import type { LiveContext } from './operation.ts';

/** Whom to ask what, once a connection to it was made. */
export type ServerQuestion = {
  readonly target: EndpointTarget;
  readonly address: string;
  /** What the client speaks; null: not told. */
  readonly client: string | null;
  /** Path and query of the page to ask for; the front page where it is left out. */
  readonly path?: string;
  /** Who seems to be there; null where nobody was seen. */
  readonly listener: Listener | null;
  readonly process: Process | null;
  /** Whether a page is asked for also where nothing tells that it is a web server. */
  readonly insists: boolean;
  readonly limits: AskLimits;
};

/** How long a server is asked, in ms: by all handshakes, and for one page (0: it is not asked for). */
export type AskLimits = { readonly handshakesMs: number; readonly pageMs: number };

/** What a server answered. */
export type ServerAnswers = {
  readonly protocol: Timed<Protocol>;
  readonly application: AskedApplication | null;
  /** Connections that still wait to be accepted; null: none, or not seen. */
  readonly unaccepted: AcceptQueue | null;
};

/**
 * Asks whoever answers at an address what it speaks, and for a page where it, or its client, speaks
 * HTTP: side by side where the client does, so that a page that takes long costs no more.
 */
export const askServer = async (
  context: LiveContext,
  question: ServerQuestion,
): Promise<ServerAnswers> => {
  const { target, address, limits, client } = question;
  const look = (): Promise<AcceptQueue | null> =>
    unacceptedQueue(context.host, address, target.port, context.signal);
  const isWaiting = (await look()) !== null;
  const asksPage = !isWaiting && isWeb(client);
  const [first, protocol] = await Promise.all([
    asksPage ? askPage(context, question, client === 'https') : null,
    handshakes(context, question, isWaiting ? Math.min(briefMs, limits.handshakesMs) : null),
  ]);
  const isAnswered =
    protocol.value.status === 'identified' || (first !== null && isKnown(first.value));
  const unaccepted = isAnswered ? null : await look();
  if (unaccepted !== null) return { protocol, application: null, unaccepted };
  const application = await pageOf(context, question, protocol.value, first);
  return { protocol: named(protocol, application), application, unaccepted: null };
};

/** A client of HTTP/2 alone asks for no page in HTTP/1.1. */
const isWeb = (client: string | null): boolean =>
  client !== null && client !== 'http2' && familyExpected(client) === 'http';

/** Enough for whoever is awake; each further question would wait in the queue of one who is not. */
const briefMs = 500;

/** As long as handshakes usually take altogether, in ms. */
const usualMs = 2_500;

const handshakes = async (
  context: LiveContext,
  { address, target, listener, process, limits }: ServerQuestion,
  briefly: number | null,
): Promise<Timed<Protocol>> => {
  const started = context.now();
  const value = await askAddress(context, {
    address,
    target,
    listener,
    process,
    budgetMs: briefly ?? limits.handshakesMs,
    patience: Math.max(1, limits.handshakesMs / usualMs),
  });
  return { value, durationMs: context.now() - started };
};

/** The page of whoever speaks HTTP, by TLS or not as it does. */
const pageOf = async (
  context: LiveContext,
  question: ServerQuestion,
  protocol: Protocol,
  first: AskedApplication | null,
): Promise<AskedApplication | null> => {
  const { client, insists } = question;
  if (protocol.status === 'identified') {
    const overTls = protocol.tls !== null;
    if (speaksHttp1(protocol)) {
      return first !== null && overTls === (client === 'https')
        ? first
        : askPage(context, question, overTls);
    }
    const mayBeWeb = speaksHttp(protocol) || protocol.id === 'grpc';
    return mayBeWeb || (protocol.id === 'tls' && client === 'https') ? first : null;
  }
  if (protocol.status !== 'unrecognised' || first !== null) return first;
  const isMute = protocol.conduct === 'silent' && client === null;
  return insists && isMute ? askPage(context, question, false) : null;
};

const askPage = async (
  context: LiveContext,
  { target, address, path, limits }: ServerQuestion,
  tls: boolean,
): Promise<AskedApplication | null> => {
  if (limits.pageMs <= 0) return null;
  const { askApplication } = await import('../diagnose/probes/ask-application.ts');
  return askApplication({
    dial: (to, signal) => context.host.dial(to, signal),
    target: { transport: 'tcp', address, port: target.port },
    tls,
    hostHeader: endpointText(target.host ?? 'localhost', target.port),
    ...(path === undefined ? {} : { path }),
    signal: context.signal,
    now: context.now,
    limitMs: limits.pageMs,
  });
};

/** A web server that takes longer than a handshake waits is known by its page. */
const named = (
  protocol: Timed<Protocol>,
  application: AskedApplication | null,
): Timed<Protocol> => {
  const { value: seen } = protocol;
  if (application === null || !isKnown(application.value)) return protocol;
  const { value: page, durationMs } = application;
  const answer = `answered GET with ${page.status} after ${(durationMs / 1_000).toFixed(1)} s`;
  if (seen.status === 'unrecognised' && !page.url.startsWith('https:')) {
    return { durationMs, value: { ...webServer(page), tls: null, evidence: [answer] } };
  }
  if (seen.status !== 'identified') return protocol;
  if (seen.id === 'tls') {
    const evidence = [...seen.evidence, answer];
    return { durationMs, value: { ...webServer(page), tls: seen.tls, evidence } };
  }
  // What it said to another protocol's hello is no page's status.
  const details = { ...seen.details, status: String(page.status) };
  return seen.details['status'] === undefined
    ? protocol
    : { ...protocol, value: { ...seen, details } };
};

const webServer = ({ headers, status }: ApplicationAnswer) => ({
  status: 'identified' as const,
  id: 'http1',
  name: 'HTTP/1.1',
  version: '1.1',
  server: headers['server'] ?? null,
  title: null,
  authentication: null,
  details: { status: String(status) },
});
