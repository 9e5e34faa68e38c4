import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopback, isWildcard, scopeBlockOf, scopeOf } from '../../src/model/scope.ts';

describe('scopeBlockOf', () => {
  it.each([
    ['127.0.0.1', 'loopback', '127.0.0.0/8', 'RFC 1122 3.2.1.3'],
    ['127.255.255.254', 'loopback', '127.0.0.0/8', 'RFC 1122 3.2.1.3'],
    ['::1', 'loopback', '::1/128', 'RFC 4291 2.5.3'],
    ['::ffff:127.0.0.1', 'loopback', '127.0.0.0/8', 'RFC 1122 3.2.1.3'],
    ['0.0.0.0', 'wildcard', '0.0.0.0/32', 'RFC 1122 3.2.1.3'],
    ['::', 'wildcard', '::/128', 'RFC 4291 2.5.2'],
    ['::ffff:0.0.0.0', 'wildcard', '0.0.0.0/32', 'RFC 1122 3.2.1.3'],
    ['10.1.2.3', 'private', '10.0.0.0/8', 'RFC 1918 3'],
    ['172.20.0.1', 'private', '172.16.0.0/12', 'RFC 1918 3'],
    ['192.168.1.5', 'private', '192.168.0.0/16', 'RFC 1918 3'],
    ['100.101.102.103', 'private', '100.64.0.0/10', 'RFC 6598 7'],
    ['169.254.169.254', 'link-local', '169.254.0.0/16', 'RFC 3927 2.1'],
    ['fe80::1', 'link-local', 'fe80::/10', 'RFC 4291 2.5.6'],
    ['fd00::7', 'private', 'fc00::/7', 'RFC 4193 3.1'],
    ['224.0.0.251', 'multicast', '224.0.0.0/4', 'RFC 5771 3'],
    ['ff02::fb', 'multicast', 'ff00::/8', 'RFC 4291 2.7'],
    ['255.255.255.255', 'link-local', '255.255.255.255/32', 'RFC 919 7'],
    ['203.0.113.9', 'private', '203.0.113.0/24', 'RFC 5737 3'],
    ['2001:db8::1', 'private', '2001:db8::/32', 'RFC 3849'],
    ['8.8.8.8', 'public', '0.0.0.0/0', 'RFC 4632'],
    ['2606:4700::1111', 'public', '2000::/3', 'RFC 4291 2.5.4'],
    ['4000::1', 'private', '::/0', 'RFC 4291 2.4'],
    ['0.0.0.80', 'private', '0.0.0.0/8', 'RFC 1122 3.2.1.3'],
  ])('%s is %s, in %s (%s)', (address, scope, block, source) => {
    expect(scopeBlockOf(address)).toMatchObject({ scope, block, source });
  });

  it.each(['localhost', '', '127.1', 'fe80::1%lo'])('%j is no address', (text) => {
    expect(scopeBlockOf(text)).toBeNull();
    expect(scopeOf(text)).toBeNull();
    expect(isLoopback(text) || isWildcard(text)).toBe(false);
  });

  it('knows every address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => scopeBlockOf(address) !== null),
    );
  });
});
