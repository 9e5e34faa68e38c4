import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import { answerLimit } from '../judging.ts';
import type { ProbeTarget } from '../protocol-probe.ts';
import type { HttpAnswer } from './http-answer.ts';
import { accept, authorityOf, userAgent } from './http-request.ts';

/** An HTTP/2 answer; `grpcStatus` where the server answered as gRPC does. */
export type Http2Answer = HttpAnswer & { readonly grpcStatus: string | null };

/**
 * Asks for `GET /` in HTTP/2 (RFC 9113, prior knowledge or after ALPN) with the content type of
 * gRPC, which a server of gRPC refuses with `grpc-status`, since it takes only POST; any other does
 * not mind the type of a body that is not there. A server that resets the GET, as those of gRPC's
 * C core do, is asked for its standard health check, which reads and changes nothing.
 * Resolves with null where the server shook hands and then answered nothing; rejects where it does
 * not speak HTTP/2, and when the signal aborts before it shook hands.
 */
export const askHttp2 = async (
  stream: Duplex,
  target: ProbeTarget,
  scheme: 'http' | 'https',
  signal: AbortSignal,
): Promise<Http2Answer | null> => {
  const { connect } = await import('node:http2');
  // Neither an abort nor the end of the stream is told again to who asks late.
  signal.throwIfAborted();
  if (stream.destroyed) throw new Error('the connection has ended');
  const session = connect(`${scheme}://${authorityOf(target)}`, {
    createConnection: () => stream,
    settings: { enablePush: false },
  });
  session.on('error', () => undefined);
  try {
    await shakeHands(session, signal);
    const answer = await request(session, frontPage, signal);
    if (answer !== null || session.closed || session.destroyed || signal.aborted) return answer;
    return await request(session, healthCheck, signal);
  } finally {
    session.destroy();
  }
};

const frontPage = { ':method': 'GET', ':path': '/' };

/** https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const healthCheck = { ':method': 'POST', ':path': '/grpc.health.v1.Health/Check' };

const shakeHands = (session: ClientHttp2Session, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error('no HTTP/2 settings came'));
    session
      .once('remoteSettings', () => resolve())
      .once('error', fail)
      .once('close', fail);
    signal.addEventListener('abort', fail, { once: true });
  });

const request = (
  session: ClientHttp2Session,
  what: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Http2Answer | null> =>
  new Promise((resolve) => {
    const headers: IncomingHttpHeaders[] = [];
    const chunks: Buffer[] = [];
    let length = 0;
    const call = session.request(
      {
        ...what,
        'user-agent': userAgent,
        accept,
        'content-type': 'application/grpc',
        te: 'trailers',
      },
      { endStream: true },
    );
    const finish = (): void => resolve(toAnswer(headers, Buffer.concat(chunks)));
    call.on('response', (head) => headers.push(head));
    call.on('trailers', (tail) => headers.push(tail));
    call.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= answerLimit) finish();
    });
    call.on('error', finish).on('close', finish);
    signal.addEventListener('abort', finish, { once: true });
  });

const toAnswer = (heads: readonly IncomingHttpHeaders[], body: Buffer): Http2Answer | null => {
  const [head] = heads;
  if (head === undefined) return null;
  const headers = new Map<string, string>();
  for (const [name, value] of heads.flatMap((one) => Object.entries(one))) {
    if (value === undefined || name.startsWith(':')) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return {
    version: '2',
    status: Number(head[':status'] ?? 0),
    reason: '',
    headers,
    body: body.subarray(0, answerLimit).toString('utf8'),
    grpcStatus: headers.get('grpc-status') ?? null,
  };
};
