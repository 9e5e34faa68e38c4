import { describe, expect, it } from 'vitest';
import { inPortRange, isBadPort, portClass } from '../../src/model/port.ts';

describe('portClass', () => {
  it.each([
    [0, 'well-known'],
    [1023, 'well-known'],
    [1024, 'registered'],
    [49_151, 'registered'],
    [49_152, 'dynamic'],
    [49_342, 'dynamic'],
    [65_535, 'dynamic'],
  ])('%d is %s (RFC 6335 6)', (port, expected) => {
    expect(portClass(port)).toBe(expected);
  });
});

describe('inPortRange', () => {
  it('includes both ends', () => {
    const range = { first: 32_768, last: 60_999 };
    expect(
      [32_767, 32_768, 49_342, 60_999, 61_000].map((port) => inPortRange(port, range)),
    ).toEqual([false, true, true, true, false]);
  });
});

/** Whether this very runtime's `fetch` blocks the port. A blocked port is never dialled. */
const blockedByFetch = async (port: number): Promise<boolean> => {
  const failure: unknown = await fetch(`http://127.0.0.1:${port}`, { method: 'HEAD' }).catch(
    (error: unknown) => error,
  );
  return (
    failure instanceof Error &&
    failure.cause instanceof Error &&
    failure.cause.message === 'bad port'
  );
};

describe('isBadPort', () => {
  it('agrees with fetch() about every bad port', async () => {
    const bad = Array.from({ length: 65_536 }, (_, port) => port).filter(isBadPort);
    expect(bad).toHaveLength(83);
    const blocked = await Promise.all(bad.filter((port) => port !== 0).map(blockedByFetch));
    expect(blocked.every(Boolean)).toBe(true);
  });

  it.each([80, 443, 3000, 5173, 6001, 6670, 8080, 10_081, 49_342])('lets %d through', (port) => {
    expect(isBadPort(port)).toBe(false);
  });
});
