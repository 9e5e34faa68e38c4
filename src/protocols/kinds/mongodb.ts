import { clip, identified } from '../identification.ts';
import type { ByteProbe, Identification, Reading } from '../protocol-probe.ts';
import { decodeBson, encodeBson, u32le, type BsonFields } from '../wire/bson.ts';
import { cursorOver } from '../wire/cursor.ts';

const opMsg = 2_013;
const headerLength = 16;
const longestMessage = 49_152;
const unauthorized = 13;

/** An OP_MSG with one command; https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol */
const message = (requestId: number, command: Parameters<typeof encodeBson>[0]): Uint8Array => {
  const document = encodeBson({ ...command, $db: 'admin' });
  const length = headerLength + 4 + 1 + document.length;
  const header = [length, requestId, 0, opMsg, 0].map((value) => u32le(value));
  return Buffer.concat([...header, Buffer.of(0), document]);
};

const hello = message(1, { hello: 1 });
const buildInfo = message(2, { buildInfo: 1 });
// The filter matches nothing, so that no database's name is read: only whether it may be asked.
const listDatabases = message(3, { listDatabases: 1, nameOnly: true, filter: { name: '' } });

/**
 * MongoDB: `hello` and `buildInfo`, which anybody may ask, then an empty `listDatabases`, which tells
 * whether credentials are wanted.
 */
export const mongodb: ByteProbe = {
  id: 'mongodb',
  name: 'MongoDB',
  hints: ['mongod', 'mongos'],
  ports: [27_017, 27_018, 27_019],
  hello: () => hello,
  read: (bytes) => {
    const first = readReply(bytes, 0, 1);
    if (first === null || first === 'more') return first;
    return afterHello(bytes, first);
  },
};

type Reply = { readonly fields: BsonFields; readonly end: number };

const afterHello = (bytes: Uint8Array, first: Reply): Reading => {
  const greeted = describeHello(first.fields);
  if (bytes.length === first.end) return { say: buildInfo, otherwise: greeted };
  const second = readReply(bytes, first.end, 2);
  if (second === null || second === 'more') return second === 'more' ? 'more' : greeted;
  const version = second.fields.get('version');
  const built: Identification =
    typeof version === 'string'
      ? {
          ...greeted,
          version: clip(version),
          evidence: [...greeted.evidence, `buildInfo names ${clip(version)}`],
        }
      : greeted;
  if (bytes.length === second.end) return { say: listDatabases, otherwise: built };
  const third = readReply(bytes, second.end, 3);
  if (third === null || third === 'more') return third === 'more' ? 'more' : built;
  return describeAccess(built, third.fields);
};

const describeHello = (fields: BsonFields): Identification => {
  const setName = fields.get('setName');
  const primary = fields.get('isWritablePrimary');
  return identified({
    details: {
      ...(typeof setName === 'string' ? { replicaSet: clip(setName) } : {}),
      ...(primary === undefined ? {} : { writablePrimary: String(primary) }),
    },
    evidence: ['answers hello'],
  });
};

const describeAccess = (seen: Identification, fields: BsonFields): Identification => {
  if (fields.get('ok') === 1) {
    const evidence = [...seen.evidence, 'lists databases without credentials'];
    return { ...seen, authentication: 'none', evidence };
  }
  if (fields.get('code') !== unauthorized) return seen;
  const evidence = [...seen.evidence, 'lists databases only with credentials'];
  return { ...seen, authentication: 'required', evidence };
};

/** One OP_MSG at `start` that answers the request `to`. */
const readReply = (bytes: Uint8Array, start: number, to: number): Reply | 'more' | null => {
  const cursor = cursorOver(bytes, start);
  const length = cursor.u32le();
  cursor.skip(4);
  const responseTo = cursor.u32le();
  const code = cursor.u32le();
  if (cursor.short()) return 'more';
  if (length < headerLength + 10 || length > longestMessage) return null;
  if (responseTo !== to || code !== opMsg) return null;
  const end = start + length;
  if (bytes.length < end) return 'more';
  const fields = decodeBson(bytes.subarray(start + headerLength + 5, end));
  return fields === null || !fields.has('ok') ? null : { fields, end };
};
