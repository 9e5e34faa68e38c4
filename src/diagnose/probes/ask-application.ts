import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DialTarget, Host } from '../../host/host.ts';
import { isIPv4 } from '../../model/ip.ts';
import { unknown } from '../../model/known.ts';
import type { ApplicationAnswer, AskedApplication, Unanswered } from '../facts.ts';

/** The longest that the answer may take, in ms. */
export const applicationLimitMs = 1_000;

const bodyLimit = 16_384;

export type ApplicationQuestion = {
  readonly dial: Host['dial'];
  readonly target: DialTarget;
  /** Whether the endpoint speaks TLS. */
  readonly tls: boolean;
  /** As the user's URL means it: `localhost:5173`, `app.shop.localhost:8000`. */
  readonly hostHeader: string;
  /** Path and query; the front page where it is left out. */
  readonly path?: string;
  readonly signal: AbortSignal;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  readonly limitMs?: number;
};

/**
 * Asks an HTTP/1.1 server for a page as a browser names it (RFC 9112 3.2), once: no redirect is
 * followed and no connection kept. Resolves within the limit, with what came of the answer until
 * then; where there is none, `unanswered` tells how it ended. Rejects with the signal's reason alone.
 */
export const askApplication = async (question: ApplicationQuestion): Promise<AskedApplication> => {
  const { signal, now, limitMs = applicationLimitMs } = question;
  signal.throwIfAborted();
  const started = now();
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const timer = setTimeout(stop, limitMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await ask(question, limit.signal);
    signal.throwIfAborted();
    return { ...answer, durationMs: now() - started };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
};

type Answer = Omit<AskedApplication, 'durationMs'>;

const ask = async (question: ApplicationQuestion, limit: AbortSignal): Promise<Answer> => {
  let stream: Duplex | null = null;
  try {
    stream = await question.dial(question.target, limit);
    stream.on('error', () => undefined);
    return { value: await askOver(stream, question, limit) };
  } catch (thrown) {
    return limit.aborted ? tooSlow(question) : notHeard(thrown);
  } finally {
    stream?.destroy();
  }
};

const askOver = async (
  stream: Duplex,
  { tls, hostHeader, path = '/' }: ApplicationQuestion,
  limit: AbortSignal,
): Promise<ApplicationAnswer> => {
  const { request } = await import('node:http');
  const line = tls ? await secure(stream, hostHeader, limit) : stream;
  const asking = request({
    createConnection: () => line,
    setHost: false,
    path,
    // A server tells how long it keeps an idle connection only to who would keep it.
    headers: { Host: hostHeader, 'User-Agent': 'homeport', Accept: 'text/html', ...keepAlive },
  });
  try {
    const response = await responseTo(asking, limit);
    return {
      url: `${tls ? 'https' : 'http'}://${hostHeader}${path}`,
      status: response.statusCode ?? 0,
      headers: firstHeaders(response.rawHeaders),
      body: await bodyOf(response, limit),
    };
  } finally {
    asking.destroy();
    line.destroy();
  }
};

const keepAlive = { Connection: 'keep-alive' };

/** A TLS connection that verifies nothing and offers HTTP/1.1 alone. */
const secure = async (stream: Duplex, hostHeader: string, limit: AbortSignal): Promise<Duplex> => {
  const { connect } = await import('node:tls');
  limit.throwIfAborted();
  const name = hostHeader.replace(/:\d+$/, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: stream,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
      ALPNProtocols: ['http/1.1'],
      ...(name.startsWith('[') || isIPv4(name) ? {} : { servername: name }),
    });
    limit.addEventListener('abort', () => void socket.destroy(), { once: true });
    socket
      .on('error', reject)
      .once('close', () => reject(new Error('closed')))
      .once('secureConnect', () => resolve(socket));
  });
};

const responseTo = (asking: ClientRequest, limit: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    limit.addEventListener('abort', () => void asking.destroy(), { once: true });
    asking
      .on('error', reject)
      .once('close', () => reject(new Error('closed')))
      .once('response', resolve)
      .end();
  });

/** What came of the body until it ended, broke off, was long enough or the time was over. */
const bodyOf = (response: IncomingMessage, limit: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (): void =>
      resolve(Buffer.concat(chunks).subarray(0, bodyLimit).toString('utf8'));
    if (limit.aborted) finish();
    limit.addEventListener('abort', finish, { once: true });
    response
      .on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= bodyLimit) finish();
      })
      .on('error', finish)
      .once('close', finish)
      .once('end', finish);
  });

const firstHeaders = (raw: readonly string[]): Readonly<Record<string, string>> => {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? '';
    if (!headers.has(name)) headers.set(name, raw[index + 1] ?? '');
  }
  return Object.fromEntries(headers);
};

const tooSlow = ({ limitMs = applicationLimitMs }: ApplicationQuestion): Answer =>
  without('silent', `no answer came within ${Math.round(limitMs)} ms`);

const without = (unanswered: Unanswered, why: string): Answer => ({
  value: unknown(unanswered === 'closed' || unanswered === 'reset' ? 'gone' : 'unsupported', why),
  unanswered,
});

const notHeard = (thrown: unknown): Answer => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  // A stream that has its end before the headers breaks the parser off, too.
  if (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE') {
    return without('not-http', 'what it answers is no HTTP/1.1');
  }
  if (code.endsWith('NO_APPLICATION_PROTOCOL')) {
    return without('not-offered', 'it refuses HTTP/1.1 in the TLS handshake (ALPN)');
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_TOO/.test(code)) {
    return without('not-http', 'what it answers is no TLS');
  }
  if (code === 'ECONNREFUSED') return without('closed', 'the connection was refused');
  return code === 'ECONNRESET' && isSystems(thrown)
    ? without('reset', 'it reset the connection without an answer')
    : without('closed', 'it closed the connection without an answer');
};

/** Node calls a connection that was closed without an answer ECONNRESET, too: `socket hang up`. */
const isSystems = (thrown: unknown): boolean => thrown instanceof Error && 'syscall' in thrown;
