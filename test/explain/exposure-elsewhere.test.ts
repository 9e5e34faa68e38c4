import { describe, expect, it } from 'vitest';
import type { ExposureFacts } from '../../src/explain/exposure.ts';
import type { Container } from '../../src/model/container.ts';
import { unknown } from '../../src/model/known.ts';
import type { Exposure } from '../../src/model/listener.ts';
import { database, docker, judge, lan, lo, nic, other } from './exposure-facts.ts';

describe('a listener of another network namespace', () => {
  const inside = [
    nic('lo', ['127.0.0.1/8'], { namespace: other }),
    nic('eth0', ['172.17.0.2/16'], { namespace: other }),
  ];
  const elsewhere = (facts: Partial<ExposureFacts>): Exposure =>
    judge({
      address: '0.0.0.0',
      port: 5432,
      namespace: other,
      interfaces: [lo, lan, docker, ...inside],
      containers: [database],
      ...facts,
    });
  const publishedOn = (hostAddress: string): Container => ({
    ...database,
    published: [{ transport: 'tcp', hostAddress, hostPort: 15_432, containerPort: 5432 }],
  });

  it('on its own loopback is for its container alone', () => {
    const exposure = elsewhere({ address: '127.0.0.1', containers: [] });
    expect(exposure).toMatchObject({ level: 'this-container', reachableVia: [] });
    expect(exposure.reasons[0]).toContain(`another loopback than this machine's`);
  });

  it('of no container is not said to be unpublished', () => {
    const { reasons } = elsewhere({ containers: [] });
    expect(reasons[0]).toBe(`bound to 0.0.0.0 of network namespace ${other}`);
    expect(elsewhere({ port: 5433 }).reasons[0]).toContain('not published on this machine');
  });

  it('on its own loopback is not reached by a published port', () => {
    const exposure = elsewhere({ address: '127.0.0.1' });
    expect(exposure.level).toBe('this-container');
    expect(exposure.reasons.join()).toContain('leads nowhere');
  });

  it.each(['0.0.0.0', ''])('published on %j is for the network', (hostAddress) => {
    const exposure = elsewhere({ containers: [publishedOn(hostAddress)] });
    expect(exposure.level).toBe('local-network');
    expect(exposure.reachableVia).toContain('192.168.1.5:15432');
    expect(exposure.reasons).toContain('port 5432 of container shop-db-1');
    expect(exposure.reasons).toContain('the firewall was not looked at');
  });

  it('published on 127.0.0.1 stays on this machine', () => {
    expect(elsewhere({ containers: [publishedOn('127.0.0.1')] })).toEqual({
      level: 'this-machine',
      reasons: [
        'port 5432 of container shop-db-1',
        'published on 127.0.0.1, a loopback address: only this machine reaches it',
      ],
      reachableVia: ['127.0.0.1:15432'],
    });
  });

  it('published on both families is the widest of both', () => {
    const published = ['127.0.0.1', '::'].map((hostAddress) => ({
      transport: 'tcp' as const,
      hostAddress,
      hostPort: 15_432,
      containerPort: 5432,
    }));
    const exposure = elsewhere({ containers: [{ ...database, published }] });
    expect(exposure.level).toBe('local-network');
    expect(exposure.reachableVia).toEqual([
      '127.0.0.1:15432',
      '[::1]:15432',
      '[fe80::5%eth0]:15432',
    ]);
  });

  it('not published is for this machine and the containers of its bridge', () => {
    const exposure = elsewhere({ port: 9000 });
    expect(exposure).toMatchObject({ level: 'this-machine', reachableVia: ['172.17.0.2:9000'] });
    expect(exposure.reasons.join()).toContain('not published');
  });

  it('in a network that this machine shares with others is for these', () => {
    const macvlan = nic('eth0', ['192.168.1.77/24'], { namespace: other });
    expect(elsewhere({ port: 9000, interfaces: [lo, lan, macvlan] }).level).toBe('local-network');
  });

  it('in a network that this machine does not know is unknown', () => {
    const far = nic('eth0', ['10.50.0.2/24'], { namespace: other });
    expect(elsewhere({ port: 9000, interfaces: [lo, lan, far] }).level).toBe('unknown');
  });

  it('without any network is for itself', () => {
    const own = nic('lo', ['127.0.0.1/8'], { namespace: other });
    expect(elsewhere({ port: 9000, interfaces: [lo, lan, own] }).level).toBe('this-container');
  });

  it('is unknown where neither interfaces nor published ports could be read', () => {
    expect(elsewhere({ interfaces: [lo, lan] }).level).toBe('unknown');
    const unread = { ...database, published: unknown('denied') };
    expect(elsewhere({ containers: [unread] }).level).toBe('unknown');
  });

  it('is told by the container that the caller found', () => {
    const facts = { interfaces: [lo, lan], containerId: database.id };
    expect(elsewhere(facts).reachableVia).toContain('192.168.1.5:15432');
    expect(elsewhere({ ...facts, containerId: 'ffff' }).level).toBe('unknown');
  });

  it('finds the one of a pod that publishes for all', () => {
    const sidecar = { ...database, id: 'f'.repeat(64), name: 'sidecar', published: [] };
    expect(elsewhere({ containers: [sidecar, database] }).reasons[0]).toContain('shop-db-1');
  });
});
