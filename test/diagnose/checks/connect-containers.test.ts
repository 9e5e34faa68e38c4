import { describe, expect, it } from 'vitest';
import { containerNotPublished } from '../../../src/diagnose/checks/connect/container-not-published.ts';
import { containerPortSilent } from '../../../src/diagnose/checks/connect/container-port-silent.ts';
import type { Container, PublishedPort } from '../../../src/model/container.ts';
import { unknown } from '../../../src/model/known.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { foundBy, outcome } from './connect-outcome.ts';
import { container, containerCgroup, listening, running } from './connect-scene.ts';

const inside = 'net:[9]';

/** PostgreSQL inside a container, at an address of its own loopback or network. */
const within = (facts: Partial<Container>, address = '0.0.0.0', port = 5432): Told => ({
  sockets: [listening(10, address, port, { namespace: inside })],
  holders: { 10: [300] },
  processes: [
    running(300, ['/usr/lib/postgresql/16/bin/postgres'], '/', {
      cgroup: containerCgroup,
      namespaces: { net: inside, pid: 'pid:[9]', mnt: 'mnt:[9]' },
    }),
  ],
  snapshot: { containers: [container(facts)] },
});

const published = (hostPort: number, containerPort = 5432): PublishedPort => ({
  transport: 'tcp',
  hostAddress: '127.0.0.1',
  hostPort,
  containerPort,
});

describe('container-not-published', () => {
  it('finds the listener inside a container that publishes nothing', () => {
    const finding = foundBy(containerNotPublished, endpointFacts('localhost:5432', within({})));
    expect(finding.title).toBe(
      'PostgreSQL (pid 300, container shop-db-1) listens on 0.0.0.0:5432 inside its container, and the port is not published on this machine',
    );
    expect(finding.evidence.at(-1)).toBe('it publishes no port');
    expect(finding.actions).toEqual([
      {
        label:
          'start it again with -p 127.0.0.1:5432:5432: a running container can not be given a port',
        command: null,
      },
      { label: 'see what it publishes', command: 'docker port shop-db-1' },
    ]);
  });

  it('finds that it is published as another port', () => {
    const told = within({ published: [published(15_432)] });
    const finding = foundBy(containerNotPublished, endpointFacts('localhost:5432', told));
    expect(finding.title).toMatch(/, and it is published as 127\.0\.0\.1:15432$/);
    expect(finding.actions[0]?.command).toBe('homeport why 127.0.0.1:15432');
    const wide = within({ published: [{ ...published(15_432), hostAddress: '0.0.0.0' }] });
    const { actions } = foundBy(containerNotPublished, endpointFacts('localhost:5432', wide));
    expect(actions[0]?.command).toBe('homeport why localhost:15432');
  });

  it('writes the line of the Compose file, and warns of loopback inside', () => {
    const compose = { project: 'shop', service: 'db', workingDirectory: '/srv/shop' };
    const told = within({ compose }, '127.0.0.1');
    const finding = foundBy(containerNotPublished, endpointFacts('localhost:5432', told));
    expect(finding.evidence.at(-1)).toContain('listens on 127.0.0.1 alone');
    expect(finding.actions[0]).toEqual({
      label:
        'write ports: ["127.0.0.1:5432:5432"] under services.db of the Compose file, then start it again',
      command: 'docker compose --project-name shop --project-directory /srv/shop up -d db',
      changes: 'the container of db is made again',
    });
  });

  it('knows a container that can not be looked into by its image', () => {
    const told = {
      snapshot: { containers: [container({ image: 'docker.io/library/postgres:16@sha256:ab' })] },
    };
    const finding = foundBy(containerNotPublished, endpointFacts('localhost:5432', told));
    expect(finding.severity).toBe('notice');
    expect(finding.title).toBe(
      'the container shop-db-1 has the image docker.io/library/postgres:16@sha256:ab, which usually listens on 5432, and the port is not published on this machine',
    );
    const moved = { snapshot: { containers: [container({ published: [published(15_432)] })] } };
    expect(foundBy(containerNotPublished, endpointFacts('localhost:5432', moved)).severity).toBe(
      'warning',
    );
  });

  it.each([
    ['another port', 'localhost:3000', within({}), 'not-applicable'],
    ["the container's own address", '172.18.0.2:5432', within({}), 'not-applicable'],
    [
      'an image that has nothing to do with it',
      'localhost:5432',
      { snapshot: { containers: [container({ image: 'postgrest/postgrest' })] } },
      'not-applicable',
    ],
    [
      'an image whose ports could not be read',
      'localhost:5432',
      { snapshot: { containers: [container({ published: unknown('denied') })] } },
      'unknown',
    ],
  ])('does not blame %s', (_, text, told, result) => {
    expect(outcome(containerNotPublished, endpointFacts(text, told)).result).toBe(result);
  });

  it('has nothing to say where this machine answers', () => {
    const told = within({});
    const sockets = [...(told.sockets ?? []), listening(11, '127.0.0.1', 5432)];
    const facts = endpointFacts('127.0.0.1:5432', { ...told, sockets });
    expect(outcome(containerNotPublished, facts).result).toBe('pass');
  });
});

describe('container-port-silent', () => {
  const asked = 'localhost:8080';

  it('finds a published port that leads to nobody', () => {
    const told = within({ published: [published(8080, 80)] });
    const finding = foundBy(containerPortSilent, endpointFacts(asked, told));
    expect(finding.title).toBe(
      '127.0.0.1:8080 of this machine leads to port 80 of the container shop-db-1, and nobody listens there',
    );
    expect(finding.actions.at(-1)?.command).toBe('docker logs --tail 50 shop-db-1');
  });

  it("finds a server on the container's own loopback", () => {
    const told = within({ published: [published(8080)] }, '127.0.0.1');
    const finding = foundBy(containerPortSilent, endpointFacts(asked, told));
    expect(finding.title).toContain("listens on the container's own loopback only");
    expect(finding.actions[0]?.label).toContain('listen on 0.0.0.0');
  });

  it('finds the namespace by the main process where nothing listens inside', () => {
    const told = within({ published: [published(8080)] });
    const connected = listening(11, '172.18.0.2', 40_000, {
      namespace: inside,
      state: 'established',
      remote: { address: '93.184.216.34', port: 443 },
    });
    const facts = endpointFacts(asked, { ...told, sockets: [connected], holders: {} });
    expect(foundBy(containerPortSilent, facts).title).toContain('nobody listens there');
    const blind = endpointFacts(asked, { ...told, sockets: [], holders: {} });
    expect(outcome(containerPortSilent, blind).result).toBe('unknown');
  });

  it('is content with a server at the address that the port leads to', () => {
    const told = within({ published: [published(8080)] });
    expect(outcome(containerPortSilent, endpointFacts(asked, told)).result).toBe('pass');
  });

  it.each([
    ['a port that no container publishes', within({ published: [published(8081)] })],
    ['UDP', within({ published: [{ ...published(8080), transport: 'udp' }] })],
    ['no container', {}],
  ])('has nothing to say of %s', (_, told) => {
    expect(outcome(containerPortSilent, endpointFacts(asked, told)).result).toBe('not-applicable');
  });

  it('has nothing to say of a container in the network of its host', () => {
    const told = within({ published: [published(8080)] });
    const onHost = { net: 'net:[1]', pid: 'pid:[9]', mnt: 'mnt:[9]' };
    const processes = (told.processes ?? []).map((one) => ({ ...one, namespaces: onHost }));
    const facts = endpointFacts(asked, { ...told, processes, sockets: [], holders: {} });
    expect(outcome(containerPortSilent, facts).result).toBe('not-applicable');
  });
});
