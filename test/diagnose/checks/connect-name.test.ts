import { describe, expect, it } from 'vitest';
import { addressNotHere } from '../../../src/diagnose/checks/connect/address-not-here.ts';
import { localhostSubdomainUnresolved } from '../../../src/diagnose/checks/connect/localhost-subdomain-unresolved.ts';
import { namePointsElsewhere } from '../../../src/diagnose/checks/connect/name-points-elsewhere.ts';
import { nameUnknown } from '../../../src/diagnose/checks/connect/name-unknown.ts';
import type { EndpointFacts, ResolvedName } from '../../../src/diagnose/facts.ts';
import { type Known, unknown } from '../../../src/model/known.ts';
import type { HostsEntry } from '../../../src/model/network.ts';
import { shellQuote } from '../../../src/model/shell-quote.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { foundBy, outcome } from './connect-outcome.ts';
import { container } from './connect-scene.ts';

const ipv4 = (...addresses: readonly string[]): ResolvedName =>
  addresses.map((address) => ({ family: 'ipv4', address }));

/** A name, what the resolver said of it, and the hosts file beside localhost. */
const named = (
  text: string,
  value: Known<ResolvedName>,
  entries: readonly Omit<HostsEntry, 'line'>[] = [],
  told: Told = {},
): EndpointFacts =>
  endpointFacts(text, {
    ...told,
    network: {
      hostsFile: {
        path: '/etc/hosts',
        entries: entries.map((entry, at) => ({ line: at + 1, ...entry })),
      },
      ...told.network,
    },
    facts: { resolution: { value, durationMs: 1 } },
  });

const noSuchName = unknown('gone', 'no such name');
const noAnswer = unknown('unsupported', 'the resolver could not answer (EAI_AGAIN)');

describe('name-unknown', () => {
  it('finds a name that nobody knows, and says who was asked', () => {
    const finding = foundBy(nameUnknown, named('http://api.shop.test:3000', noSuchName));
    expect(finding.title).toBe('api.shop.test has no address on this machine');
    expect(finding.evidence).toEqual([
      'the resolver knows no such name',
      'no DNS server knows such names (RFC 6761 6)',
      'sources asked (nsswitch.conf): files, dns',
      'servers (resolv.conf): 192.168.1.1',
    ]);
    expect(finding.actions).toEqual([
      {
        label: 'if api.shop.test is meant to be this machine, give it an address here',
        command: `sudo sh -c 'echo '\\''127.0.0.1 api.shop.test'\\'' >> /etc/hosts'`,
        needsRoot: true,
        changes: 'adds a line to /etc/hosts',
      },
    ]);
  });

  it('names a similar one of the hosts file', () => {
    const hosts = [{ address: '127.0.0.1', names: ['api.shop.test'] }];
    const { evidence } = foundBy(nameUnknown, named('http://api.shpo.test:80', noSuchName, hosts));
    expect(evidence).toContain('api.shop.test is similar');
    expect(evidence).toContain('/etc/hosts:1 gives api.shop.test the address 127.0.0.1');
  });

  it('knows names that hold in another place', () => {
    const evidence = (host: string): string =>
      foundBy(nameUnknown, named(`http://${host}:80`, noSuchName)).evidence.join('\n');
    expect(evidence('host.docker.internal')).toContain('holds inside containers');
    expect(evidence('api.default.svc.cluster.local')).toContain('inside the Kubernetes cluster');
    expect(evidence('printer.local')).toContain('multicast DNS');
    expect(evidence('example.com')).not.toContain('holds');
  });

  it('knows a Compose service by its name, and where it is published', () => {
    const database = container({
      compose: { project: 'shop', service: 'db', workingDirectory: null },
      published: [
        { transport: 'tcp', hostAddress: '127.0.0.1', hostPort: 15_432, containerPort: 5432 },
      ],
    });
    const facts = named('postgres://db:5432', noSuchName, [], {
      snapshot: { containers: [database] },
    });
    const { evidence, actions } = foundBy(nameUnknown, facts);
    expect(evidence.join('\n')).toContain('db is the name of a container');
    expect(actions[0]?.command).toBe('homeport why localhost:15432');
  });

  it.each([
    ['localhost6', '[::1]:80', '::1 localhost6'],
    ['ip6-localhost', '[::1]:80', '::1 ip6-localhost'],
    ['localhost4', '127.0.0.1:80', '127.0.0.1 localhost4'],
  ])('takes %s for no name of every machine', (name, endpoint, line) => {
    const facts = named(`${name}:80`, noSuchName, [{ address: '127.0.0.1', names: ['localhost'] }]);
    const { title, evidence, actions } = foundBy(nameUnknown, facts);
    expect(title).toBe(`${name} has no address on this machine`);
    expect(evidence.join('\n')).toContain(`${name} is not localhost, nor below it`);
    expect(actions[0]?.command).toBe(`homeport why ${shellQuote(endpoint)}`);
    expect(actions[1]?.command).toContain(line);
    expect(outcome(localhostSubdomainUnresolved, facts).result).toBe('not-applicable');
  });

  it('tells a resolver that gives no answer from a name that is not there', () => {
    const finding = foundBy(nameUnknown, named('http://api.shop.test:3000', noAnswer));
    expect(finding.title).toBe('the resolver gave no answer for api.shop.test (EAI_AGAIN)');
    expect(finding.actions[0]?.command).toBe('getent ahosts api.shop.test');
  });

  it('is content with a name that has an address, and says so', () => {
    const { result } = outcome(nameUnknown, named('http://api.shop.test:80', ipv4('127.0.0.1')));
    expect(result).toBe('pass');
  });

  it.each([
    ['a snapshot', 'http://api.shop.test:80', unknown('unsupported', 'not told'), 'unknown'],
    ['an address', 'http://127.0.0.1:80', noSuchName, 'not-applicable'],
    ['a name under .localhost', 'http://a.localhost:80', noSuchName, 'not-applicable'],
  ])('does not judge %s', (_, text, value, result) => {
    expect(outcome(nameUnknown, named(text, value)).result).toBe(result);
  });
});

describe('localhost-subdomain-unresolved', () => {
  it('finds a name under .localhost that the resolver does not answer', () => {
    const finding = foundBy(
      localhostSubdomainUnresolved,
      named('http://api.shop.localhost:3000', noSuchName),
    );
    expect(finding.title).toMatch(/^api\.shop\.localhost has no address: /);
    expect(finding.evidence[1]).toContain('none of which answers them');
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'curl -i --resolve api.shop.localhost:3000:127.0.0.1 http://api.shop.localhost:3000/',
      `sudo sh -c 'echo '\\''127.0.0.1 api.shop.localhost'\\'' >> /etc/hosts'`,
      'sudo apt-get install libnss-myhostname',
    ]);
  });

  it('takes a resolver that could not ask for one that does not know, and blames no source that does', () => {
    const { evidence } = foundBy(
      localhostSubdomainUnresolved,
      named('http://a.localhost:80', noAnswer, [], {
        network: {
          resolver: { nameservers: [], search: [], sources: ['files', 'myhostname', 'dns'] },
        },
      }),
    );
    expect(evidence[1]).toBe('sources asked (nsswitch.conf): files, myhostname, dns');
  });

  it('names localhost itself', () => {
    const { title } = foundBy(localhostSubdomainUnresolved, named('localhost:80', noSuchName));
    expect(title).toBe('localhost has no address here');
  });

  it.each([
    ['one that resolves', 'http://a.localhost:80', ipv4('127.0.0.1'), 'pass'],
    [
      'one that a snapshot does not tell',
      'http://a.localhost:80',
      unknown('unsupported'),
      'unknown',
    ],
    ['a name that only ends like it', 'http://mylocalhost:80', noSuchName, 'not-applicable'],
    ['a name before another domain', 'http://localhost.test:80', noSuchName, 'not-applicable'],
  ])('does not blame %s', (_, text, value, result) => {
    expect(outcome(localhostSubdomainUnresolved, named(text, value)).result).toBe(result);
  });
});

describe('name-points-elsewhere', () => {
  it('finds localhost with a foreign address, by the line that says so', () => {
    const hosts = [{ address: '10.9.8.7', names: ['localhost'] }];
    const finding = foundBy(
      namePointsElsewhere,
      named('localhost:3000', ipv4('10.9.8.7', '127.0.0.1'), hosts),
    );
    expect(finding.severity).toBe('critical');
    expect(finding.title).toBe('localhost leads to 10.9.8.7, which is not this machine');
    expect(finding.evidence).toContain('/etc/hosts:1 gives localhost the address 10.9.8.7');
    expect(finding.actions[1]?.command).toBe(
      "sudo sed -i '1s/^[[:space:]]*[^[:space:]]*/127.0.0.1/' /etc/hosts",
    );
  });

  it('asks for an address next where the name localhost is the one in doubt', () => {
    const ask = (text: string, answer: ResolvedName, localhost: ResolvedName) => {
      const facts = named(text, answer, [{ address: '10.9.8.7', names: ['shop.test'] }]);
      return foundBy(namePointsElsewhere, { ...facts, localhost }).actions[0]?.command;
    };
    const away = ipv4('10.9.8.7');
    expect(ask('localhost:3000', away, away)).toBe('homeport why 127.0.0.1:3000');
    expect(ask('shop.test:3000', away, away)).toBe('homeport why 127.0.0.1:3000');
    expect(ask('shop.test:3000', away, ipv4('127.0.0.1'))).toBe('homeport why localhost:3000');
    const asked = named('localhost:3000', away);
    const facts = { ...asked, addresses: ['10.9.8.7'], localhost: away };
    expect(foundBy(addressNotHere, facts).actions[1]?.command).toBe('homeport why 127.0.0.1:3000');
  });

  it('finds one that the resolver answers so, without a line', () => {
    const facts = named('http://a.localhost:80', ipv4('93.184.216.34'));
    const { evidence, actions } = foundBy(namePointsElsewhere, facts);
    expect(evidence).toContain('the resolver gives it the address 93.184.216.34');
    expect(actions[1]?.command).toBe('getent ahosts a.localhost');
  });

  it('finds the host name and names of the hosts file at an address that was left', () => {
    const hosts = [{ address: '192.168.7.7', names: ['shop.test'] }];
    const shop = foundBy(
      namePointsElsewhere,
      named('http://shop.test:80', ipv4('192.168.7.7'), hosts),
    );
    expect(shop.severity).toBe('warning');
    expect(shop.evidence[0]).toBe('shop.test stands in /etc/hosts');
    expect(shop.benignCauses).toEqual(['shop.test is meant to be another machine']);
    const own = foundBy(namePointsElsewhere, named('http://box.lan:80', ipv4('192.168.7.7')));
    expect(own.evidence[0]).toBe("box is this machine's own name");
  });

  it('reads the hosts file where the resolver was not asked', () => {
    const hosts = [{ address: '10.9.8.7', names: ['shop.test'] }];
    const facts = named('http://shop.test:80', unknown('unsupported'), hosts);
    expect(foundBy(namePointsElsewhere, facts).title).toContain('10.9.8.7');
    const untold = named('http://a.localhost:80', unknown('unsupported'));
    expect(outcome(namePointsElsewhere, untold).result).toBe('unknown');
  });

  it.each([
    ['localhost on another loopback address', 'localhost:80', ipv4('127.0.1.1'), 'pass'],
    ["the host name on this machine's own address", 'http://box:80', ipv4('192.168.1.20'), 'pass'],
    [
      'a name that nobody calls local',
      'http://example.com:80',
      ipv4('93.184.216.34'),
      'not-applicable',
    ],
  ])('does not blame %s', (_, text, value, result) => {
    expect(outcome(namePointsElsewhere, named(text, value)).result).toBe(result);
  });
});
