import { describe, expect, it } from 'vitest';
import { covers } from '../../src/model/covers.ts';
import { type Known, unknown } from '../../src/model/known.ts';
import { inetListener } from '../faces/cli/support/literals.ts';

const bound = (address: string, v6only: Known<boolean> | null = null) =>
  inetListener({ address, family: address.includes(':') ? 'ipv6' : 'ipv4', v6only });

describe('what a listener answers', () => {
  it.each([
    ['0.0.0.0', null, '127.0.0.1', true],
    ['0.0.0.0', null, '::1', false],
    ['::', false, '127.0.0.1', true],
    ['::', true, '127.0.0.1', false],
    ['::', true, '::1', true],
    ['127.0.0.1', null, '127.0.0.2', false],
    ['::ffff:127.0.0.1', false, '127.0.0.1', true],
  ])('on %s (v6only %s) for %s: %s', (address, v6only, asked, answers) => {
    expect(covers(bound(address, v6only), asked)).toBe(answers);
  });

  it('on :: includes IPv4 where IPV6_V6ONLY could not be read', () => {
    expect(covers(bound('::', unknown('unsupported')), '127.0.0.1')).toBe(true);
  });

  it.each([
    ['127.0.0.1', null, '0.0.0.0', true],
    ['127.0.0.2', null, '0.0.0.0', false],
    ['::1', null, '0.0.0.0', false],
    ['::', false, '0.0.0.0', true],
    ['::1', null, '::', true],
    ['0.0.0.0', null, '::', false],
  ])('on %s (v6only %s) for the wildcard %s, which is loopback: %s', (...row) => {
    const [address, v6only, asked, answers] = row;
    expect(covers(bound(address, v6only), asked)).toBe(answers);
  });
});
