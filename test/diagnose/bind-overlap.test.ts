import { describe, expect, it } from 'vitest';
import { bindOverlap } from '../../src/diagnose/bind-overlap.ts';
import { unknown } from '../../src/model/known.ts';

const unread = unknown('unsupported');

describe('bindOverlap', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', null, 'same'],
    ['127.0.0.1', '::ffff:127.0.0.1', false, 'same'],
    ['0.0.0.0', '0.0.0.0', null, 'same'],
    ['0.0.0.0', '127.0.0.1', null, 'asked-wider'],
    ['127.0.0.1', '0.0.0.0', null, 'held-wider'],
    ['::', '127.0.0.1', null, 'asked-wider'],
    ['::', '::1', false, 'asked-wider'],
    ['::', '0.0.0.0', null, 'asked-wider'],
    ['0.0.0.0', '::', false, 'held-wider'],
    ['0.0.0.0', '::', unread, 'held-wider'],
    ['0.0.0.0', '::', true, null],
    ['127.0.0.1', '::', true, null],
    ['::1', '::', true, 'held-wider'],
    ['0.0.0.0', '::1', false, null],
    ['::1', '0.0.0.0', null, null],
    ['127.0.0.1', '127.0.0.2', null, null],
    ['::ffff:127.0.0.1', '0.0.0.0', null, 'held-wider'],
  ] as const)('%s meets %s (IPv6 only: %j): %s', (asked, address, v6only, overlap) => {
    expect(bindOverlap(asked, { address, v6only })).toBe(overlap);
  });
});
