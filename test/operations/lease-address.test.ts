import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leasePort } from '../../src/operations/lease-port.ts';
import type { LeasePortInput } from '../../src/operations/lease-port.schema.ts';
import { leasesFile, liveContext, makePackage, ownLeases } from '../support/lease-scene.ts';

ownLeases();

const lease = (directory: string, input: Partial<LeasePortInput> = {}) =>
  leasePort(liveContext(), { service: 'web', directory, ...input });

const portOf = async (directory: string): Promise<number> => (await lease(directory)).lease.port;

/** Fails where the port can't be had. */
const listenHere = async (port: number, host: string): Promise<void> => {
  const server = createServer().listen({ port, host, exclusive: true });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
};

describe('an address of the project’s own', () => {
  it('keeps usual ports, for each project another address', async () => {
    const folder = makePackage('shop');
    const database = await lease(folder, { service: 'postgres', ownAddress: true });
    const cache = await lease(folder, { service: 'redis', ownAddress: true });
    const other = await lease(makePackage('other'), { service: 'postgres', ownAddress: true });
    expect(database.lease).toMatchObject({ port: 5432, address: database.host });
    expect(cache).toMatchObject({ host: database.host, lease: { port: 6379 } });
    expect(database.host).toMatch(/^127\.(?!0\.)\d+\.\d+\.\d+$/);
    expect(other.host).not.toBe(database.host);
    expect(other.lease.port).toBe(5432);
    await listenHere(5432, database.host);
    await listenHere(5432, other.host);
  });

  it('stays with a lease that has one, and is given to one that had none', async () => {
    const folder = makePackage('shop');
    await portOf(folder);
    const moved = await lease(folder, { ownAddress: true });
    expect(moved).toMatchObject({ outcome: 'moved', lease: { address: moved.host } });
    expect(await lease(folder)).toMatchObject({ outcome: 'kept', host: moved.host });
  });

  it('takes another port where somebody has the usual one on all addresses', async () => {
    const folder = makePackage('shop');
    const [service, usual] = ['nats', 4222] as const;
    await listenHere(usual, '0.0.0.0');
    const { lease: made } = await lease(folder, { service, ownAddress: true });
    expect(made.port).not.toBe(usual);
  });
});

describe('a file of leases that is damaged', () => {
  it.each<[string, string | Uint8Array]>([
    ['of no length', ''],
    ['cut short', '{"version":1,"leases":[{"pro'],
    ['binary', Uint8Array.of(0, 255, 254, 1)],
    ['of a newer version', '{"version":9,"leases":[],"addresses":[]}'],
  ])('is put aside and said where it is %s; the port is the same', async (_, content) => {
    const folder = makePackage('shop');
    const port = await portOf(folder);
    writeFileSync(leasesFile(), content);
    const { lease: made, problems } = await lease(folder);
    expect(made.port).toBe(port);
    expect(problems).toMatchObject([{ id: 'leases-damaged', reason: 'failed' }]);
    const aside = readdirSync(dirname(leasesFile())).filter((name) => name.includes('damaged'));
    expect(aside).toEqual([
      expect.stringMatching(/^leases\.json\.damaged-\d{4}-\d\d-\d\dT\d{6}Z$/),
    ]);
    expect(problems[0]?.detail).toContain(aside[0]);
    expect(readFileSync(join(dirname(leasesFile()), aside[0] ?? ''))).toEqual(Buffer.from(content));
    expect((await lease(folder)).problems).toEqual([]);
  });
});
