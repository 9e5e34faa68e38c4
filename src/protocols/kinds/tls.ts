import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { identified } from '../identification.ts';
import type { Conversation, ConversationProbe, ProtocolProbe } from '../protocol-probe.ts';
import { tlsFactsOf } from '../wire/tls-facts.ts';

type Inner = readonly (ProtocolProbe | string)[];

/** TLS (RFC 8446): the certificate's facts, and what is spoken inside. Nothing is verified. */
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
  const socket = await handshake(stream, target.host, signal);
  try {
    const facts = tlsFactsOf(socket);
    const evidence = `shook hands in ${facts.version}`;
    const inner = await inside(socket, choose(facts.alpn));
    if (inner === null) return identified({ tls: facts, evidence: [evidence] });
    const { next, ...known } = inner;
    const named = { ...known, name: `${known.name ?? 'unknown'} over TLS`, tls: facts };
    return {
      ...named,
      evidence: [evidence, ...known.evidence],
      ...(typeof next === 'object' ? { next: overTls(next) } : {}),
    };
  } finally {
    socket.destroy();
  }
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

const handshake = async (stream: Duplex, host: string, signal: AbortSignal): Promise<TLSSocket> => {
  const { connect } = await import('node:tls');
  // Neither an abort nor the end of the stream is told again to who asks late.
  signal.throwIfAborted();
  if (stream.destroyed) throw new Error('the connection has ended');
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: stream,
      // Homeport sends no secret and believes nothing: it only looks, at old servers too.
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
      ALPNProtocols: ['h2', 'http/1.1'],
      ...(isServerName(host) ? { servername: host } : {}),
    });
    const fail = (): void => {
      socket.destroy();
      reject(new Error('no TLS handshake was made'));
    };
    socket
      .on('error', fail)
      .once('close', fail)
      .once('secureConnect', () => resolve(socket));
    signal.addEventListener('abort', fail, { once: true });
  });
};

/** SNI carries names, never addresses (RFC 6066 3). */
const isServerName = (host: string): boolean =>
  isIP(host.split('%')[0] ?? '') === 0 && /^[\w.-]{1,253}$/.test(host);
