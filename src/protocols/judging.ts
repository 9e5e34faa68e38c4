import { identified } from './identification.ts';
import type { ByteProbe, Identification, ProbeTarget, Reading } from './protocol-probe.ts';
import { startsWith } from './wire/bytes.ts';

/** What to do after more bytes came. */
export type Verdict =
  | { readonly then: 'wait' }
  | { readonly then: 'say'; readonly bytes: Uint8Array }
  | { readonly then: 'accept'; readonly identification: Identification }
  | { readonly then: 'give-up' };

/** The bytes of one connection so far, and what its probe makes of them. */
export type Judging = {
  readonly add: (chunk: Uint8Array) => void;
  readonly bytes: () => Uint8Array;
  readonly judge: (ended: boolean) => Verdict;
};

/** At most this much of an answer is read, in bytes. */
export const answerLimit = 65_536;

const eagerJudgements = 100;
const mostSayings = 4;

/** Starts judging one connection with one probe. What a probe throws counts as "not mine". */
export const startJudging = (
  probe: ByteProbe,
  hello: Uint8Array | null,
  target: ProbeTarget,
): Judging => {
  const buffer = growingBuffer();
  const said: Uint8Array[] = [];
  let fallback: Identification | null = null;
  let judgements = 0;
  let judgedLength = 0;

  const settle = (): Verdict =>
    fallback === null ? { then: 'give-up' } : { then: 'accept', identification: fallback };

  const act = (reading: Reading, ended: boolean): Verdict => {
    if (reading === null) return settle();
    if (reading === 'more') return ended ? settle() : { then: 'wait' };
    if (!('say' in reading)) return { then: 'accept', identification: reading };
    fallback = reading.otherwise ?? fallback;
    if (ended || said.length === mostSayings) return settle();
    const last = said.at(-1);
    if (last !== undefined && sameBytes(last, reading.say)) return { then: 'wait' };
    said.push(reading.say);
    return { then: 'say', bytes: reading.say };
  };

  return {
    add: buffer.add,
    bytes: buffer.bytes,
    judge: (ended) => {
      const bytes = buffer.bytes();
      // A server that drips single bytes must not make reading quadratic.
      const worthIt = judgements < eagerJudgements || bytes.length >= 2 * judgedLength;
      if (!ended && !worthIt) return { then: 'wait' };
      judgements += 1;
      judgedLength = bytes.length;
      if (hello !== null && isEcho(bytes, hello)) return { then: 'accept', identification: echo };
      return act(readSafely(probe, bytes, target, ended), ended);
    },
  };
};

/** What a probe makes of bytes; null where it throws. */
export const readSafely = (
  probe: Pick<ByteProbe, 'read'>,
  bytes: Uint8Array,
  target: ProbeTarget,
  ended: boolean,
): Reading => {
  try {
    return bytes.length === 0 ? 'more' : probe.read(bytes, { ...target, ended });
  } catch {
    return null;
  }
};

const echo: Identification = identified({
  id: 'echo',
  name: 'Echo (RFC 862)',
  evidence: ['sent back what it was sent'],
});

const isEcho = (bytes: Uint8Array, hello: Uint8Array): boolean =>
  hello.length >= 4 && startsWith(bytes, hello);

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && startsWith(one, other);

const growingBuffer = (): Pick<Judging, 'add' | 'bytes'> => {
  let buffer = new Uint8Array(4_096);
  let length = 0;
  return {
    add: (chunk) => {
      const taken = chunk.subarray(0, answerLimit - length);
      if (length + taken.length > buffer.length) {
        const larger = new Uint8Array(Math.max(buffer.length * 2, length + taken.length));
        larger.set(buffer.subarray(0, length));
        buffer = larger;
      }
      buffer.set(taken, length);
      length += taken.length;
    },
    bytes: () => buffer.subarray(0, length),
  };
};
