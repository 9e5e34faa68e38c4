import { describe, expect, it } from 'vitest';
import { otherAddress } from '../../../src/diagnose/checks/connect/other-address.ts';
import { otherFamily } from '../../../src/diagnose/checks/connect/other-family.ts';
import { otherNamespace } from '../../../src/diagnose/checks/connect/other-namespace.ts';
import { udpOnly } from '../../../src/diagnose/checks/connect/udp-only.ts';
import { unixOnly } from '../../../src/diagnose/checks/connect/unix-only.ts';
import { endpointFacts, soundInterfaces, type Told } from '../../support/diagnosis-facts.ts';
import { unixSocket } from '../../support/scene.ts';
import { foundBy, outcome } from './connect-outcome.ts';
import {
  containerCgroup,
  listening,
  networkInterface,
  projectIn,
  running,
  server,
  viteIn,
} from './connect-scene.ts';

const vite = (address: string, facts = {}): Told => ({
  sockets: [listening(10, address, 5173, facts)],
  holders: { 10: [4242] },
  processes: [running(4242, viteIn('/srv/shop'))],
  snapshot: { projects: { '/srv/shop': projectIn('/srv/shop', 'shop') } },
});

const nothingFails = { symptom: { class: 'none', role: 'unknown', from: 'nothing' } } as const;

describe('other-family', () => {
  it('finds the server on IPv4 where localhost means ::1 first', () => {
    const finding = foundBy(otherFamily, endpointFacts('localhost:5173', vite('127.0.0.1')));
    expect(finding.title).toBe(
      'Vite (pid 4242, project shop) listens on 127.0.0.1:5173 only, which is IPv4, and localhost means ::1 first',
    );
    expect(finding.severity).toBe('warning');
    expect(finding.benignCauses).toEqual(['clients that try every address reach it on 127.0.0.1']);
    expect(finding.evidence.slice(-2)).toEqual([
      'nobody listens on [::1]:5173',
      'localhost is ::1, then 127.0.0.1',
    ]);
    expect(finding.actions).toEqual([
      {
        label: 'connect to 127.0.0.1:5173, where it listens',
        command: 'curl -i http://127.0.0.1:5173/',
      },
      {
        label: "make Vite listen on ::1: server.host: '::1' in vite.config, or vite --host ::1",
        command: null,
      },
    ]);
  });

  it('finds the reverse, and IPv4 asked of an IPv6-only wildcard', () => {
    const only6 = foundBy(otherFamily, endpointFacts('127.0.0.1:5173', vite('::1')));
    expect(only6.title).toContain('[::1]:5173 only, which is IPv6, and 127.0.0.1 is IPv4');
    expect(only6.benignCauses).toEqual([]);
    const wild = endpointFacts('127.0.0.1:5173', vite('::', { v6only: true }));
    expect(foundBy(otherFamily, wild).title).toContain('[::]:5173 only');
    const lan = endpointFacts('192.168.1.20:5173', vite('::', { v6only: true }));
    expect(outcome(otherFamily, lan).result).toBe('fail');
  });

  it('finds 0.0.0.0 where ::1 is asked, and tells a port alone by localhost', () => {
    const facts = { ...nothingFails };
    const finding = foundBy(otherFamily, endpointFacts('5173', { ...vite('0.0.0.0'), facts }));
    expect(finding.title).toContain('0.0.0.0:5173 only, which is IPv4, and localhost means ::1');
    expect(finding.severity).toBe('notice');
  });

  it.each([
    ['a dual-stack wildcard', 'localhost:5173', vite('::'), 'pass'],
    ['the family that is tried first', 'localhost:5173', vite('::1'), 'pass'],
    ['another address of the same family', '127.0.0.1:5173', vite('127.0.0.2'), 'not-applicable'],
    ['another address of the other family', '[::1]:5173', vite('127.0.0.2'), 'not-applicable'],
    ['another port', 'localhost:5174', vite('127.0.0.1'), 'not-applicable'],
    [
      'another namespace',
      'localhost:5173',
      vite('127.0.0.1', { namespace: 'net:[9]' }),
      'not-applicable',
    ],
    [
      'UDP',
      'localhost:5173',
      vite('127.0.0.1', { transport: 'udp', state: 'close' }),
      'not-applicable',
    ],
  ])('does not blame %s', (_, text, told, result) => {
    expect(outcome(otherFamily, endpointFacts(text, told)).result).toBe(result);
  });
});

describe('other-address', () => {
  it.each([
    ['127.0.0.1:3000', '127.0.0.2', 'both this machine'],
    ['localhost:3000', '127.0.1.1', 'both this machine'],
    ['127.0.0.1:3000', '192.168.1.20', 'loopback does not lead to it'],
    ['192.168.1.20:3000', '127.0.0.1', 'it answers nobody who asks for 192.168.1.20'],
  ])('finds that %s is asked and the server on %s', (asked, address, says) => {
    const finding = foundBy(otherAddress, endpointFacts(asked, server(address, 3000)));
    expect(finding.title).toMatch(
      new RegExp(`^server \\(pid 101\\) listens on ${address}:3000 only, and `),
    );
    expect(finding.evidence.at(-1)).toContain(says);
    expect(finding.actions[0]?.command).toBe(`nc -vz ${address} 3000`);
  });

  it('finds a server that is bound to an interface that local connections do not come by', () => {
    const bound = server('0.0.0.0', 3000);
    const sockets = [listening(10, '0.0.0.0', 3000, { interfaceIndex: 2 })];
    const facts = endpointFacts('127.0.0.1:3000', { ...bound, sockets });
    const finding = foundBy(otherAddress, facts);
    expect(finding.title).toContain('listens on the interface eth0 only');
    expect(finding.evidence.at(-1)).toContain('SO_BINDTODEVICE');
    expect(finding.actions).toHaveLength(1);
    const onLo = [listening(10, '0.0.0.0', 3000, { interfaceIndex: 1 })];
    expect(
      outcome(otherAddress, endpointFacts('127.0.0.1:3000', { ...bound, sockets: onLo })).result,
    ).toBe('pass');
  });

  it.each([
    ['the wildcard', '127.0.0.1:3000', '0.0.0.0', 'pass'],
    ['the other family', '127.0.0.1:3000', '::1', 'not-applicable'],
    ['a foreign address', '192.168.1.77:3000', '127.0.0.1', 'not-applicable'],
    ['nobody', '127.0.0.1:3001', '127.0.0.2', 'not-applicable'],
  ])('does not blame %s', (_, text, address, result) => {
    expect(outcome(otherAddress, endpointFacts(text, server(address, 3000))).result).toBe(result);
  });

  it("finds it at the address of a tunnel of this machine's own", () => {
    const interfaces = [...soundInterfaces, networkInterface('tun0', '10.1.1.1')];
    const told = { ...server('127.0.0.1', 3000), snapshot: { interfaces } };
    expect(outcome(otherAddress, endpointFacts('10.1.1.1:3000', told)).result).toBe('fail');
  });

  it('is content where one of the addresses answers', () => {
    expect(
      outcome(otherAddress, endpointFacts('localhost:3000', server('127.0.0.1', 3000))).result,
    ).toBe('pass');
  });
});

describe('other-namespace', () => {
  const apart = (address: string, facts = {}, process = {}): Told => ({
    sockets: [listening(10, address, 3000, { namespace: 'net:[9]', ...facts })],
    holders: { 10: [101] },
    processes: [running(101, ['/srv/shop/server'], '/srv/shop', { comm: 'server', ...process })],
  });

  it('finds the listener that has a loopback of its own', () => {
    const finding = foundBy(otherNamespace, endpointFacts('127.0.0.1:3000', apart('127.0.0.1')));
    expect(finding.title).toBe(
      'server (pid 101) listens on 127.0.0.1:3000 in another network namespace, which has a loopback of its own',
    );
    expect(finding.evidence).toContain('in the network namespace net:[9]');
    expect(finding.actions[0]).toMatchObject({
      command: `sudo nsenter -t 101 -n sh -c 'nc -vz 127.0.0.1 3000'`,
      needsRoot: true,
    });
  });

  it('has no command for one that nobody may see', () => {
    const facts = endpointFacts('127.0.0.1:3000', { ...apart('0.0.0.0'), holders: {} });
    expect(foundBy(otherNamespace, facts).actions).toEqual([]);
  });

  it('leaves containers and what answers here to others', () => {
    const inContainer = apart('0.0.0.0', {}, { cgroup: containerCgroup });
    expect(outcome(otherNamespace, endpointFacts('127.0.0.1:3000', inContainer)).result).toBe(
      'not-applicable',
    );
    const both = { ...apart('0.0.0.0') };
    const sockets = [...(both.sockets ?? []), listening(11, '127.0.0.1', 3000)];
    expect(
      outcome(otherNamespace, endpointFacts('127.0.0.1:3000', { ...both, sockets })).result,
    ).toBe('pass');
    const datagrams = apart('0.0.0.0', { transport: 'udp', state: 'close' });
    expect(outcome(otherNamespace, endpointFacts('127.0.0.1:3000', datagrams)).result).toBe(
      'not-applicable',
    );
  });
});

describe('udp-only', () => {
  const datagrams = (port: number): Told => ({
    ...server('127.0.0.1', port),
    sockets: [listening(10, '127.0.0.1', port, { transport: 'udp', state: 'close' })],
  });

  it('finds UDP where TCP is asked', () => {
    const finding = foundBy(udpOnly, endpointFacts('127.0.0.1:8125', datagrams(8125)));
    expect(finding.title).toBe(
      'server (pid 101) has 127.0.0.1:8125 in UDP only, and 127.0.0.1:8125 is asked in TCP',
    );
    expect(finding.actions[0]?.command).toBe('nc -u -v 127.0.0.1 8125');
  });

  it('finds TCP where UDP is asked', () => {
    const facts = endpointFacts('udp://127.0.0.1:8125', server('127.0.0.1', 8125));
    expect(foundBy(udpOnly, facts).title).toContain('in TCP only, and udp://127.0.0.1:8125');
  });

  it.each([
    ['a socket that may be any client', '127.0.0.1:40000', datagrams(40_000), 'not-applicable'],
    ['another address', '127.0.0.2:8125', datagrams(8125), 'not-applicable'],
    ['TCP that answers', '127.0.0.1:8125', server('127.0.0.1', 8125), 'pass'],
    ['UDP asked of UDP', 'udp://127.0.0.1:8125', datagrams(8125), 'pass'],
  ])('does not blame %s', (_, text, told, result) => {
    expect(outcome(udpOnly, endpointFacts(text, told)).result).toBe(result);
  });
});

describe('unix-only', () => {
  const at = (path: string, argv: readonly string[] = ['/srv/some/daemon']): Told => ({
    sockets: [unixSocket(10, { name: { kind: 'path', path } })],
    holders: { 10: [101] },
    processes: [running(101, argv, '/')],
  });
  const postgres = ['/usr/lib/postgresql/15/bin/postgres', '-D', '/var/lib/postgresql'];

  it('finds PostgreSQL on its socket alone', () => {
    const told = at('/var/run/postgresql/.s.PGSQL.5432', postgres);
    const finding = foundBy(unixOnly, endpointFacts('localhost:5432', told));
    expect(finding.title).toBe(
      'PostgreSQL runs and listens on the unix socket /var/run/postgresql/.s.PGSQL.5432 only, not on port 5432',
    );
    expect(finding.actions[0]?.command).toBe('psql -h /var/run/postgresql -p 5432');
    expect(finding.actions[1]?.label).toContain('listen_addresses');
  });

  it.each([
    [3306, '/run/mysqld/mysqld.sock', 'mysql -S /run/mysqld/mysqld.sock'],
    [2375, '/var/run/docker.sock', 'docker -H unix:///var/run/docker.sock version'],
    [6379, '/run/redis/redis-server.sock', 'redis-cli -s /run/redis/redis-server.sock'],
    [9000, '/run/php/php8.2-fpm.sock', 'homeport explain unix:/run/php/php8.2-fpm.sock'],
  ])('finds what usually has %i by the path of its socket', (port, path, command) => {
    const hidden = { ...at(path), holders: {} };
    const finding = foundBy(unixOnly, endpointFacts(`localhost:${port}`, hidden));
    expect(finding.actions[0]?.command).toBe(command);
  });

  it.each([
    ['the socket of another port', 'localhost:5432', at('/tmp/.s.PGSQL.5433', postgres)],
    ['another program with such a path', 'localhost:6379', at('/tmp/redis.sock', postgres)],
    ['another port', 'localhost:3000', at('/var/run/postgresql/.s.PGSQL.5432', postgres)],
    ['a folder of that name', 'localhost:2375', at('/var/run/docker.sock.d/x', postgres)],
  ])('does not blame %s', (_, text, told) => {
    expect(outcome(unixOnly, endpointFacts(text, told)).result).toBe('not-applicable');
  });

  it('is content where TCP answers as well', () => {
    const told = at('/var/run/postgresql/.s.PGSQL.5432', postgres);
    const sockets = [...(told.sockets ?? []), listening(11, '127.0.0.1', 5432)];
    expect(outcome(unixOnly, endpointFacts('localhost:5432', { ...told, sockets })).result).toBe(
      'pass',
    );
  });
});
