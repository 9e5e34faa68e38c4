import { clip, identified } from '../identification.ts';
import type { ByteProbe, Identification } from '../protocol-probe.ts';
import { bytesOf, beginsWith, utf8Of } from '../wire/bytes.ts';
import { cursorOver, type Cursor } from '../wire/cursor.ts';

const methodFrame = 1;
const connectionStart = 0x000a_000a;
const longestFrame = 32_768;

/**
 * AMQP 0-9-1: the protocol header, answered by Connection.Start, or by the header of a version that
 * the server would rather speak (specification 2.2.4 and 4.2.2). Nothing is logged in.
 */
export const amqp: ByteProbe = {
  id: 'amqp',
  name: 'AMQP 0-9-1',
  hints: ['rabbitmq', 'amqps'],
  ports: [5672],
  hello: () => bytesOf('AMQP\0\0\u0009\u0001'),
  read: (bytes) => {
    const header = beginsWith(bytes, 'AMQP');
    if (header === 'yes') return bytes.length < 8 ? 'more' : readOtherVersion(bytes);
    if (header === 'more') return 'more';
    if (bytes[0] !== methodFrame) return null;
    if (bytes.length < 7) return 'more';
    const cursor = cursorOver(bytes, 1);
    const channel = cursor.u16();
    const length = cursor.u32();
    if (channel !== 0 || length > longestFrame) return null;
    if (bytes.length < 7 + length) return 'more';
    return cursor.u32() === connectionStart ? readStart(cursor) : null;
  },
};

const readOtherVersion = (bytes: Uint8Array): Identification => {
  const version = [...bytes.subarray(5, 8)].join('.');
  return identified({ name: 'AMQP', version, evidence: [`asks for AMQP ${version} instead`] });
};

const readStart = (cursor: Cursor): Identification | null => {
  const version = `${cursor.u8()}-${cursor.u8()}`;
  const table = cursor.bytes(cursor.u32());
  if (cursor.short()) return null;
  const properties = shortTexts(table);
  const product = properties.get('product') ?? null;
  const productVersion = properties.get('version') ?? null;
  const server = [product, productVersion].filter((part) => part !== null).join(' ');
  return identified({
    version: productVersion === null ? null : clip(productVersion),
    server: clip(server) || null,
    details: { protocolVersion: version },
    evidence: [`answers with Connection.Start of ${clip(server) || 'an unnamed server'}`],
  });
};

/** The long strings (`S`) of a field table up to the first nested value that is none. */
const shortTexts = (table: Uint8Array): ReadonlyMap<string, string> => {
  const cursor = cursorOver(table);
  const texts = new Map<string, string>();
  while (cursor.remaining() > 0 && !cursor.short()) {
    const name = cursor.text(cursor.u8());
    const type = cursor.text(1);
    if (type === 't') cursor.skip(1);
    else if (type === 'S') texts.set(name, utf8Of(cursor.bytes(cursor.u32())));
    else if (type === 'F') cursor.skip(cursor.u32());
    else break;
  }
  return texts;
};
