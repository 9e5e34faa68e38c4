import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askKinds, greetingKinds } from '../../src/protocols/kinds/registry.ts';
import type { ProtocolProbe, ReadContext, Reading } from '../../src/protocols/protocol-probe.ts';
import { answers } from './answers.ts';
import { greetings } from './greetings.ts';
import type { Sample } from './sample.ts';

const kinds = [...greetingKinds, ...askKinds];
const samples = [...greetings, ...answers];
const context: ReadContext = { host: 'localhost', port: 4_369, hints: [], ended: true };

const kindOf = (sample: Sample): ProtocolProbe => {
  const kind = kinds.find(({ id }) => id === sample.kind);
  if (kind === undefined) throw new Error(`no kind ${sample.kind}`);
  return kind;
};

const isVerdict = (reading: Reading): boolean => reading !== null && reading !== 'more';

describe('each kind', () => {
  test.each(samples)('$kind reads the answer of $of', (sample) => {
    expect(kindOf(sample).read(sample.bytes, context)).toMatchObject(sample.shows);
  });

  test.each(samples)('$kind waits for the rest of the answer of $of', (sample) => {
    for (let length = 1; length < sample.bytes.length; length += 1) {
      const part = sample.bytes.subarray(0, length);
      expect(kindOf(sample).read(part, { ...context, ended: false }), `${length} bytes`).not.toBe(
        null,
      );
    }
  });

  test('has an answer among the samples, or is a conversation', () => {
    const sampled = new Set(samples.map(({ kind }) => kind));
    const bare = kinds.filter((kind) => !sampled.has(kind.id) && !('converse' in kind));
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test('has an id of its own', () => {
    expect(new Set(kinds.map(({ id }) => id)).size).toBe(kinds.length);
  });

  test('gives the same hello for the same target, of 1 KiB at most', () => {
    for (const kind of askKinds) {
      if ('converse' in kind) continue;
      const hello = kind.hello?.(context);
      expect(hello?.length, kind.id).toBeGreaterThan(0);
      expect(hello?.length, kind.id).toBeLessThanOrEqual(1_024);
      expect(kind.hello?.(context), kind.id).toEqual(hello);
    }
  });
});

describe('an answer of another kind', () => {
  const clear = samples.filter((sample) => kindOf(sample).ambiguous !== true);

  test.each(clear)('$kind of $of is taken by no other', (sample) => {
    const others = kinds.filter(({ id, ambiguous }) => id !== sample.kind && ambiguous !== true);
    const takers = others.filter((kind) => isVerdict(kind.read(sample.bytes, context)));
    expect(takers.map(({ id }) => id)).toEqual([]);
  });
});

describe('hostile answers', () => {
  const bytesOfAnyKind = fc.oneof(
    fc.uint8Array({ maxLength: 2_048 }),
    fc
      .tuple(fc.constantFrom(...samples), fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat())
      .map(([sample, noise, at]) => spliced(sample.bytes, noise, at % sample.bytes.length)),
  );

  test.each(kinds)('$id never throws', (kind) => {
    fc.assert(
      fc.property(bytesOfAnyKind, fc.boolean(), (bytes, ended) => {
        kind.read(bytes, { ...context, ended });
      }),
      { numRuns: 300 },
    );
  });

  const floods = ['\n', '\r\n', ' ', '0', 'HTTP/1.1 100 \r\n\r\n', '<title', '220-\r\n', '* OK ['];

  test.each(kinds)('$id reads 64 KiB of anything', (kind) => {
    const starts = [...samples.map(({ bytes }) => bytes.subarray(0, 16)), Buffer.alloc(0)];
    for (const flood of floods) {
      const tail = Buffer.alloc(65_536, flood);
      for (const start of starts) {
        kind.read(Buffer.concat([start, tail]).subarray(0, 65_536), context);
      }
    }
  });
});

const spliced = (bytes: Uint8Array, noise: Uint8Array, at: number): Uint8Array =>
  Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at + noise.length)]);
