import { BlockList, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4Text, ipv6Text } from '../../src/host/linux/address-text.ts';

const wordsOf = (bytes: readonly number[]): Uint32Array =>
  new Uint32Array(new Uint8Array(bytes).buffer);

const ipv4 = (...bytes: readonly number[]): string => ipv4Text(wordsOf(bytes)[0] ?? 0);

const ipv6 = (hex: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = wordsOf([...Buffer.from(hex.padStart(32, '0'), 'hex')]);
  return ipv6Text(a, b, c, d);
};

describe('ipv4Text', () => {
  it('writes four bytes in network order', () => {
    expect([ipv4(127, 0, 0, 1), ipv4(0, 0, 0, 0), ipv4(255, 254, 3, 20)]).toEqual([
      '127.0.0.1',
      '0.0.0.0',
      '255.254.3.20',
    ]);
  });

  it('stays right beyond what is kept', () => {
    for (let index = 0; index < 5000; index += 1)
      expect(ipv4(10, 1, index >> 8, index & 255)).toBe(`10.1.${index >> 8}.${index & 255}`);
    expect(ipv4(10, 1, 0, 0)).toBe('10.1.0.0');
  });
});

describe('ipv6Text', () => {
  it.each([
    ['0', '::'],
    ['1', '::1'],
    ['ffff7f000001', '::ffff:127.0.0.1'],
    ['ffff00000000', '::ffff:0.0.0.0'],
    ['7f000001', '::7f00:1'],
    ['fe80000000000000000000000000002a', 'fe80::2a'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010db80001000100010001000a0000', '2001:db8:1:1:1:1:a:0'],
    ['20010000000000000000000000000000', '2001::'],
    ['00010000000200000000000300000000', '1:0:2::3:0:0'],
  ])('%s is %s', (hex, text) => {
    expect(ipv6(hex)).toBe(text);
  });

  it('writes what reads back as the same address, cached or not', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    const groups = fc.array(group, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (values) => {
        const full = values.map((value) => value.toString(16)).join(':');
        const text = ipv6(values.map((value) => value.toString(16).padStart(4, '0')).join(''));
        const list = new BlockList();
        list.addAddress(full, 'ipv6');
        return isIPv6(text) && list.check(text, 'ipv6') && !/(^|:)0[\da-f]/.test(text);
      }),
    );
  });
});
