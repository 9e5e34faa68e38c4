import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type * as Tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { TlsFacts } from '../../model/protocol.ts';
import { identified } from '../identification.ts';
import type {
  Conversation,
  ConversationProbe,
  Identification,
  ProtocolProbe,
} from '../protocol-probe.ts';
import { tlsFactsOf } from '../wire/tls-facts.ts';
import { shownChain, trustJudge, withSystemTrust } from '../wire/tls-trust.ts';

type Inner = readonly (ProtocolProbe | string)[];

/**
 * TLS (RFC 8446): the certificate's facts, what verification says of it, and what is spoken inside,
 * whatever it says.
 */
export const tls: ConversationProbe = {
  id: 'tls',
  name: 'TLS',
  hints: ['https', 'wss', 'kubernetes', 'kubelet'],
  ports: [443, 8443, 9443, 6443],
  patienceMs: 300,
  converse: (stream, conversation) => look(stream, conversation, innerKinds),
  // An alert record is what a TLS server sends to anything that is not TLS.
  read: (bytes) =>
    bytes[0] === 0x15 && bytes[1] === 0x03 && bytes[3] === 0 && bytes[4] === 2 && bytes.length === 7
      ? identified({ evidence: ['answered with a TLS alert'] })
      : null,
};

const look = async (
  stream: Duplex,
  conversation: Conversation,
  choose: (alpn: string | null) => Inner,
): ReturnType<ConversationProbe['converse']> => {
  const { target, signal, inside } = conversation;
  const nodeTls = await import('node:tls');
  const made = await handshake(nodeTls, stream, target.host, signal);
  if ('alert' in made) return refusal(made.alert);
  const { socket } = made;
  const alert = alertsOf(socket);
  try {
    const facts = tlsFactsOf(socket, trustJudge(nodeTls, target.host));
    const chain = shownChain(socket);
    const inner = await inside(socket, choose(facts.alpn));
    return describe(await withTrust(facts, chain), inner, alert());
  } finally {
    socket.destroy();
  }
};

/** A server that is asked for TLS and answers with an alert does speak it (RFC 8446 6). */
const refusal = (alert: string): Identification =>
  identified({ details: { alert }, evidence: [`ended the TLS handshake: ${alert}`] });

const withTrust = async (facts: TlsFacts, chain: readonly X509Certificate[]): Promise<TlsFacts> =>
  facts.trust === undefined
    ? facts
    : { ...facts, trust: await withSystemTrust(facts.trust, chain) };

const describe = (
  facts: TlsFacts,
  inner: Identification | null,
  alert: string | null,
): Identification => {
  const evidence = `shook hands in ${facts.version}`;
  if (inner === null) {
    const told = alert === null ? null : refusal(alert);
    return identified({
      tls: facts,
      evidence: [evidence, ...(told?.evidence ?? [])],
      ...(told === null ? {} : { details: told.details }),
    });
  }
  const { next, ...known } = inner;
  return {
    ...known,
    name: `${known.name ?? 'unknown'} over TLS`,
    tls: facts,
    evidence: [evidence, ...known.evidence],
    ...(typeof next === 'object' ? { next: overTls(next) } : {}),
  };
};

const innerKinds = (alpn: string | null): Inner => {
  if (alpn === 'h2') return ['http2'];
  return alpn === 'http/1.1' ? ['http1'] : ['greeting', 'http1'];
};

/** The same question as `probe`, within TLS. */
const overTls = (probe: ProtocolProbe): ConversationProbe => ({
  id: probe.id,
  name: `${probe.name} over TLS`,
  read: () => null,
  converse: (stream, conversation) => look(stream, conversation, () => [probe]),
});

type Handshake = { readonly socket: TLSSocket } | { readonly alert: string };

/** Rejects where the server does not speak TLS. */
const handshake = async (
  { connect }: typeof Tls,
  stream: Duplex,
  host: string,
  signal: AbortSignal,
): Promise<Handshake> => {
  // Neither an abort nor the end of the stream is told again to who asks late.
  signal.throwIfAborted();
  if (stream.destroyed) throw new Error('the connection has ended');
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: stream,
      // Homeport sends no secret and believes nothing: it only looks, at old servers too.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
      ALPNProtocols: ['h2', 'http/1.1'],
      ...(isServerName(host) ? { servername: host } : {}),
    });
    const fail = (thrown?: unknown): void => {
      socket.destroy();
      const alert = alertOf(thrown);
      if (alert === null) reject(new Error('no TLS handshake was made'));
      else resolve({ alert });
    };
    socket
      .on('error', fail)
      .once('close', () => fail())
      .once('secureConnect', () => resolve({ socket }));
    signal.addEventListener('abort', () => fail(), { once: true });
  });
};

/** Tells the last alert that ends the connection: in TLS 1.3 some come after the handshake. */
const alertsOf = (socket: TLSSocket): (() => string | null) => {
  let last: string | null = null;
  socket.on('error', (error) => (last = alertOf(error) ?? last));
  return () => last;
};

/** The alert's description in OpenSSL's words: `certificate required`, `handshake failure`. */
const alertOf = (thrown: unknown): string | null => {
  if (!(thrown instanceof Error) || !('reason' in thrown)) return null;
  const [, alert, name] =
    /\balert (.{1,60})$|\b(unrecognized name)$/.exec(String(thrown.reason)) ?? [];
  return alert ?? name ?? null;
};

/** SNI carries names, never addresses (RFC 6066 3). */
const isServerName = (host: string): boolean =>
  isIP(host.split('%')[0] ?? '') === 0 && /^[\w.-]{1,253}$/.test(host);
