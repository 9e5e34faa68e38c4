import { askHttp2, type Http2Answer } from '../http/ask-http2.ts';
import { judgeHttp } from '../http/judge-http.ts';
import { identified, withoutNext } from '../identification.ts';
import type { ConversationProbe, Identification, ProbeTarget } from '../protocol-probe.ts';
import { cursorOver } from '../wire/cursor.ts';

/** HTTP/2 (RFC 9113), in the clear with prior knowledge or within TLS; gRPC is told by its answer. */
export const http2: ConversationProbe = {
  id: 'http2',
  name: 'HTTP/2',
  hints: ['grpc', 'h2c'],
  ports: [50_051],
  patienceMs: 250,
  converse: async (stream, { target, signal }) => {
    const scheme = 'encrypted' in stream ? 'https' : 'http';
    const answer = await askHttp2(stream, target, scheme, signal);
    return answer === null ? handshakeOnly : judgeAnswer(answer, target);
  },
  read: (bytes) => (beginsWithSettings(bytes) ? handshakeOnly : null),
};

const handshakeOnly = identified({ version: '2', evidence: ['answered with HTTP/2 settings'] });

const judgeAnswer = (answer: Http2Answer, target: ProbeTarget): Identification => {
  const type = answer.headers.get('content-type') ?? '';
  if (answer.grpcStatus === null && !type.startsWith('application/grpc')) {
    return withoutNext(judgeHttp(answer, target));
  }
  const server = answer.headers.get('server') ?? null;
  const status = answer.grpcStatus ?? 'none';
  return identified({
    id: 'grpc',
    name: 'gRPC',
    server,
    details: { over: 'HTTP/2', grpcStatus: status },
    evidence: [`answered a call that it does not know with grpc-status ${status}`],
  });
};

const settings = 0x4;
const longestSettings = 6 * 64;

/** RFC 9113 3.4: a server's preface is a SETTINGS frame on stream 0, not an acknowledgement. */
const beginsWithSettings = (bytes: Uint8Array): boolean => {
  const cursor = cursorOver(bytes);
  const length = cursor.u8() * 65_536 + cursor.u16();
  const type = cursor.u8();
  const flags = cursor.u8();
  const streamId = cursor.u32();
  const fits = length % 6 === 0 && length <= longestSettings;
  return !cursor.short() && fits && type === settings && flags === 0 && streamId === 0;
};
