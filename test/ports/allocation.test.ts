import { describe, expect, it } from 'vitest';
import { commonPorts } from '../../src/model/data/common-ports.ts';
import { unknown } from '../../src/model/known.ts';
import { isBadPort } from '../../src/model/port.ts';
import { addressCandidates, portCandidates } from '../../src/ports/candidates.ts';
import { hashOf } from '../../src/ports/hash.ts';
import { isEphemeral, isReserved, type PortFacts, portPool } from '../../src/ports/pool.ts';

const linux: PortFacts = {
  ephemeralRange: { first: 32_768, last: 60_999 },
  reservedPorts: [],
  unprivilegedPortStart: 1024,
};

const key = { project: '/home/ann/shop', worktree: null, service: 'web', endpoint: 'main' };

/** All ports of the pool, ascending. */
const pooled = (facts: PortFacts): readonly number[] => {
  const isPooled = portPool(facts);
  return Array.from({ length: 65_537 }, (_, port) => port).filter(isPooled);
};

const first = (count: number, changed: Partial<typeof key> | { worktree: string } = {}) =>
  portCandidates({ ...key, ...changed }, portPool(linux))
    .take(count)
    .toArray();

describe('the pool of ports', () => {
  const pool = pooled(linux);

  it('is outside of all that others take', () => {
    expect(pool.length).toBeGreaterThan(20_000);
    for (const port of pool) {
      expect(port).toSatisfy((one: number) => one >= 1024 && one <= 65_535);
      expect(port).not.toSatisfy((one: number) => one >= 30_000 && one <= 60_999);
      expect(isBadPort(port) || commonPorts[port] !== undefined).toBe(false);
    }
  });

  it.each([
    ['a browser’s bad port', 10_080],
    ['a port that developers take', 27_017],
    ['a node port of Kubernetes', 30_001],
  ])('has not %s', (_, port) => {
    expect(pool).not.toContain(port);
    expect(pool).toContain(20_001);
  });

  it('leaves out what is reserved for others', () => {
    const reserved = pooled({ ...linux, reservedPorts: [{ first: 20_000, last: 20_009 }] });
    expect(reserved).not.toContain(20_001);
    expect(reserved).toContain(20_010);
  });

  it('goes by the kernel’s own range, and by the usual one where that can’t be read', () => {
    const wide = pooled({ ...linux, ephemeralRange: { first: 15_000, last: 65_535 } });
    expect(Math.max(...wide)).toBe(14_999);
    expect(pooled({ ...linux, ephemeralRange: unknown('denied') })).toEqual(pool);
  });

  it('has no privileged port, and is empty where the range is everything', () => {
    expect(pool[0]).toBe(1024);
    expect(pooled({ ...linux, unprivilegedPortStart: 2_000 })[0]).toBe(2000);
    expect(pooled({ ...linux, ephemeralRange: { first: 1_024, last: 65_535 } })).toEqual([]);
  });

  it('tells an ephemeral port from a reserved one', () => {
    const reserved = { ...linux, reservedPorts: [{ first: 40_000, last: 40_000 }] };
    expect([40_000, 61_000, 32_768].map((port) => isEphemeral(port, linux))).toEqual([
      true,
      false,
      true,
    ]);
    expect(isEphemeral(40_000, reserved)).toBe(false);
    expect(isReserved(40_000, reserved)).toBe(true);
  });
});

describe('the candidates of a lease', () => {
  it('are the same in every version: a lost file gives the same ports', () => {
    expect(hashOf('/home/ann/shop', null, 'web', 'main', 0)).toBe(3680567325);
    expect(first(3)).toEqual([15224, 63005, 13891]);
  });

  it('differ by project, worktree, service and endpoint', () => {
    const ports = [
      first(1),
      first(1, { project: '/home/ann/shop2' }),
      first(1, { worktree: 'fix' }),
      first(1, { service: 'api' }),
      first(1, { endpoint: 'debug' }),
    ].flat();
    expect(new Set(ports).size).toBe(5);
  });

  it('are the whole pool, each port once, low ones last', () => {
    const all = portCandidates(key, portPool(linux)).toArray();
    const whole = pooled(linux);
    expect(all).toHaveLength(whole.length);
    expect(new Set(all)).toEqual(new Set(whole));
    expect(all.findIndex((port) => port < 10_000)).toBe(
      whole.filter((port) => port >= 10_000).length,
    );
    expect(portCandidates(key, () => false).toArray()).toEqual([]);
  });

  it('spread: thousands of projects meet seldom', () => {
    const pool = portPool(linux);
    const ports = Array.from(
      { length: 2_000 },
      (_, at) => portCandidates({ ...key, project: `/srv/p${at}` }, pool).next().value,
    );
    expect(new Set(ports).size).toBeGreaterThan(1_850);
  });
});

describe('the addresses of a project', () => {
  it('are of 127.0.0.0/8, and none that others use', () => {
    const addresses = addressCandidates(key).toArray();
    expect(addresses.length).toBeGreaterThan(4_000);
    for (const address of addresses) {
      const [one, two, three, four] = address.split('.').map(Number);
      expect(one).toBe(127);
      expect(two).toSatisfy((part: number) => part >= 1 && part <= 254);
      expect(three).toSatisfy((part: number) => part >= 0 && part <= 255);
      expect(four).toSatisfy((part: number) => part >= 1 && part <= 254);
    }
  });

  it('are another’s for another worktree', () => {
    const [main] = addressCandidates(key).take(1);
    const [linked] = addressCandidates({ ...key, worktree: 'fix' }).take(1);
    expect(main).not.toBe(linked);
  });
});
