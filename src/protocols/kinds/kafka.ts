import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { bytesOf } from '../wire/bytes.ts';
import { cursorOver } from '../wire/cursor.ts';

const apiVersions = 18;
const correlationId = 0x686f_6d65;
const longestAnswer = 16_384;

/** Kafka: ApiVersions, version 0, which needs no credentials; https://kafka.apache.org/protocol */
export const kafka: ByteProbe = {
  id: 'kafka',
  name: 'Kafka',
  hints: ['redpanda'],
  ports: [9092],
  patienceMs: 200,
  hello: () => {
    const clientId = bytesOf('homeport');
    const request = Buffer.alloc(14 + clientId.length);
    request.writeInt32BE(request.length - 4, 0);
    request.writeInt16BE(apiVersions, 4);
    request.writeInt32BE(correlationId, 8);
    request.writeInt16BE(clientId.length, 12);
    request.set(clientId, 14);
    return request;
  },
  read: (bytes) => {
    const cursor = cursorOver(bytes);
    const length = cursor.u32();
    const answered = cursor.u32();
    if (cursor.short()) return bytes[0] === 0 ? 'more' : null;
    if (answered !== correlationId || length < 10 || length > longestAnswer) return null;
    const error = cursor.u16();
    const count = cursor.u32();
    if (cursor.short()) return 'more';
    return error === 0 && length === 10 + count * 6
      ? identified({ evidence: [`answers ApiVersions with ${count} APIs`] })
      : null;
  },
};
