import { nameIdentification } from './identification.ts';
import { readSafely } from './judging.ts';
import type { ByteProbe, Reading } from './protocol-probe.ts';

/**
 * Makes one probe of those whose servers speak first: it sends nothing and lets each judge the
 * greeting, in order. The first that takes it wins.
 */
export const greetingProbe = (kinds: readonly ByteProbe[]): ByteProbe => ({
  id: 'greeting',
  name: 'a greeting',
  hello: null,
  patienceMs: 200,
  read: (bytes, context) => {
    const readings = kinds.map((kind) => ({
      kind,
      reading: readSafely(kind, bytes, context, context.ended),
    }));
    const taken = readings.find(({ reading }) => reading !== null && reading !== 'more');
    if (taken !== undefined) return nameReading(taken.reading, taken.kind);
    return readings.some(({ reading }) => reading === 'more') ? 'more' : null;
  },
});

const nameReading = (reading: Reading, kind: ByteProbe): Reading => {
  if (reading === null || reading === 'more') return reading;
  if (!('say' in reading)) return nameIdentification(reading, kind);
  const { say, otherwise } = reading;
  return { say, otherwise: otherwise === null ? null : nameIdentification(otherwise, kind) };
};
