import type { HttpAnswer } from '../http/http-answer.ts';
import type { HttpProduct } from '../http/http-product.ts';

/**
 * A server for WebSockets (RFC 6455): it demands the upgrade itself (426), or accepts one where a
 * `ws:` URL was given. A socket is opened only then, and closed without a message.
 */
export const websocket: HttpProduct = {
  id: 'websocket',
  name: 'WebSocket',
  judge: (answer) =>
    answer.status === 426 && upgradesTo(answer)
      ? { evidence: ['demands the upgrade to websocket'] }
      : null,
  followUp: {
    path: '/',
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      // Any 16 bytes will do (RFC 6455 4.1); these are those of the RFC's own example.
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
    suspect: (answer, hints) =>
      (answer.status === 426 && !upgradesTo(answer)) ||
      hints.some((hint) => hint === 'ws' || hint === 'wss'),
    judge: (answer) =>
      answer.status === 101 && answer.headers.get('sec-websocket-accept') === expectedAccept
        ? { evidence: ['accepts the upgrade to websocket'] }
        : null,
  },
};

/** RFC 6455 1.3. */
const expectedAccept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

const upgradesTo = (answer: HttpAnswer): boolean =>
  (answer.headers.get('upgrade') ?? '').toLowerCase().split(/,\s*/).includes('websocket');
