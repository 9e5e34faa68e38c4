import { isIPv4 as nodeIsIPv4, isIPv6 as nodeIsIPv6, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalIp,
  compareAddresses,
  familyOf,
  formatIp,
  inBlock,
  ipBytes,
  isIPv4,
  isIPv6,
  mappedIPv4,
  parseBlock,
  unmapped,
} from '../../src/model/ip.ts';

describe('canonicalIp', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['::', '::'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0db8:0000:0000:0000:0000:0002:0001', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['::ffff:7f00:1', '::ffff:127.0.0.1'],
    ['::FFFF:127.0.0.1', '::ffff:127.0.0.1'],
    ['::127.0.0.1', '::7f00:1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('writes %s as %s (RFC 5952)', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical);
  });

  it.each([
    '',
    '127.1',
    '127.0.0.01',
    '256.0.0.1',
    'fe80::1%lo',
    '[::1]',
    ':::1',
    '1::2::3',
    'localhost',
  ])('refuses %j', (text) => {
    expect(canonicalIp(text)).toBeNull();
  });

  it('agrees with the system on every IPv6 address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const system = new SocketAddress({ address: text, family: 'ipv6' }).address;
        expect(canonicalIp(text)).toBe(canonicalIp(system));
      }),
    );
  });

  it('is stable, and its bytes survive', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const text = formatIp(bytes);
        expect(ipBytes(text)).toEqual(bytes);
        expect(canonicalIp(text)).toBe(text);
      }),
    );
  });
});

describe('formatIp', () => {
  it('refuses other lengths', () => {
    expect(() => formatIp(new Uint8Array(5))).toThrow(RangeError);
  });
});

describe('inBlock', () => {
  it.each([
    ['127.255.0.3', '127.0.0.0/8', true],
    ['128.0.0.1', '127.0.0.0/8', false],
    ['172.31.255.255', '172.16.0.0/12', true],
    ['172.32.0.0', '172.16.0.0/12', false],
    ['febf::1', 'fe80::/10', true],
    ['fec0::1', 'fe80::/10', false],
    ['::1', '::1/128', true],
    ['::2', '::1/128', false],
    ['8.8.8.8', '0.0.0.0/0', true],
    ['::ffff:127.0.0.1', '127.0.0.0/8', false],
    ['nonsense', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, block, expected) => {
    expect(inBlock(address, block)).toBe(expected);
  });

  it.each(['127.0.0.0', '127.0.0.0/33', '127.0.0.0/x', 'x/8', '::/129', '127.0.0.0/'])(
    'has no block %j',
    (text) => {
      expect(() => parseBlock(text)).toThrow(RangeError);
    },
  );
});

describe('mapped addresses', () => {
  it('are unwrapped', () => {
    expect(mappedIPv4('::ffff:10.0.0.7')).toBe('10.0.0.7');
    expect(mappedIPv4('10.0.0.7')).toBeNull();
    expect(mappedIPv4('::1')).toBeNull();
    expect(unmapped('::ffff:0.0.0.0')).toBe('0.0.0.0');
    expect(unmapped('::1')).toBe('::1');
  });
});

describe('familyOf', () => {
  it('tells the families apart', () => {
    expect(['127.0.0.1', '::1', 'localhost'].map(familyOf)).toEqual(['ipv4', 'ipv6', null]);
  });
});

describe('compareAddresses', () => {
  it('orders by family, then by number, other text last', () => {
    const sorted = ['b', '::1', '10.0.0.10', '10.0.0.9', 'a', '::', '127.0.0.1'].toSorted(
      compareAddresses,
    );
    expect(sorted).toEqual(['10.0.0.9', '10.0.0.10', '127.0.0.1', '::', '::1', 'a', 'b']);
  });
});

describe('isIPv4 and isIPv6', () => {
  const group = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '1',
      'ffff',
      '12345',
      'g',
      '127.0.0.1',
      '1.2.3',
      '256.1.1.1',
      '01.1.1.1',
    ),
    fc.nat(0xffff).map((value) => value.toString(16)),
  );
  const text = fc
    .tuple(fc.array(group, { maxLength: 10 }), fc.constantFrom(':', '::', '.'))
    .map(([groups, separator]) => groups.join(separator).replace(':::', '::'));

  it('agree with the runtime on anything like an address', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.ipV4(), fc.ipV6(), fc.string()), (candidate) => {
        fc.pre(!candidate.includes('%'));
        expect([candidate, isIPv4(candidate), isIPv6(candidate)]).toEqual([
          candidate,
          nodeIsIPv4(candidate),
          nodeIsIPv6(candidate),
        ]);
      }),
      { numRuns: 3000 },
    );
  });
});
