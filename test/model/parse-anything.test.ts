import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/model/parse-target.ts';
import { targetText } from '../../src/model/target-text.ts';
import { attempt, endpoint } from './parsed.ts';

const fragments =
  'tcp: udp:// http:// postgres:// pid: name: unix: localhost 127.0.0.1 [::1] :: [ ] %lo : / @ * . 0x7f 1 80 65536 ① ü \\ fe80::1 ::ffff:1.2.3.4 a - + , /tcp ? #'.split(
    ' ',
  );
const fragment = fc.constantFrom(...fragments, ' ', '\n', '\u202e', 'port 3000');
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fragment, { maxLength: 8 }).map((pieces) => pieces.join('')),
);

describe('any text', () => {
  it('is a target or a typed error of one inert line', () => {
    fc.assert(
      fc.property(anything, (input) => {
        const result = attempt(input);
        if (!('kind' in result)) {
          expect(result.code).toBe('invalid-input');
          expect(result.message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
          expect(result.hint ?? 'none').toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('has one canonical text, which means the same', () => {
    fc.assert(
      fc.property(anything, (input) => {
        const target = attempt(input);
        if (!('kind' in target)) return;
        const text = targetText(target);
        const again = parseTarget(text);
        expect({ ...again, input: '', notes: [] }).toEqual({ ...target, input: '', notes: [] });
        expect(targetText(again)).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('that is a host and port is that target', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 65_535 }), (address, port) => {
        expect(endpoint(`${address}:${port}`)).toMatchObject({ address, port, notes: [] });
      }),
    );
  });

  it('is read in linear time', () => {
    for (const piece of ['[', ':', '1.', '@', ' a:1', 'port ', '-', '9a', '.:', 'http://']) {
      expect(attempt(piece.repeat(20_000))).toBeInstanceOf(Error);
    }
  });
});
