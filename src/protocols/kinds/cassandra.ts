import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { cursorOver, type Cursor } from '../wire/cursor.ts';

const supported = 0x06;
const error = 0x00;
const longestFrame = 16_384;

/**
 * Cassandra and ScyllaDB: OPTIONS in version 4 of the native protocol, answered by SUPPORTED without
 * credentials. https://cassandra.apache.org/doc/latest/cassandra/reference/native-protocol.html
 */
export const cassandra: ByteProbe = {
  id: 'cassandra',
  name: 'Cassandra native protocol',
  hints: ['scylla'],
  ports: [9042],
  hello: () => Uint8Array.of(0x04, 0, 0, 0, 0x05, 0, 0, 0, 0),
  read: (bytes) => {
    const cursor = cursorOver(bytes);
    const version = cursor.u8();
    if (version < 0x81 || version > 0x86) return null;
    cursor.skip(1);
    const stream = cursor.u16();
    const opcode = cursor.u8();
    const length = cursor.u32();
    if (cursor.short()) return 'more';
    if (stream !== 0 || length > longestFrame) return null;
    if (opcode !== supported && opcode !== error) return null;
    if (cursor.remaining() < length) return 'more';
    return opcode === error ? refusal : describe(readMultimap(cursor));
  },
};

const refusal = identified({ evidence: ['answers with an ERROR frame'] });

const describe = (options: ReadonlyMap<string, string>) => {
  const version = options.get('CQL_VERSION');
  if (version === undefined) return null;
  const scylla = [...options.keys()].some((key) => key.startsWith('SCYLLA_'));
  return identified({
    ...(scylla ? { server: 'ScyllaDB' } : {}),
    details: { cql: clip(version) },
    evidence: [`answers OPTIONS with CQL ${clip(version)}`],
  });
};

/** [string multimap]; the first value of each key. */
const readMultimap = (cursor: Cursor): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (let left = cursor.u16(); left > 0 && !cursor.short(); left -= 1) {
    const key = cursor.text(cursor.u16());
    for (let values = cursor.u16(); values > 0 && !cursor.short(); values -= 1) {
      const value = cursor.text(cursor.u16());
      if (!options.has(key)) options.set(key, value);
    }
  }
  return options;
};
