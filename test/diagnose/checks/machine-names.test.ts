import { expect, test } from 'vitest';
import { hostsFileElsewhere } from '../../../src/diagnose/checks/machine/hosts-file-elsewhere.ts';
import { hostsFileLocalhostIPv6 } from '../../../src/diagnose/checks/machine/hosts-file-localhost-ipv6.ts';
import { hostsFileLocalhost } from '../../../src/diagnose/checks/machine/hosts-file-localhost.ts';
import { localhostResolvesHere } from '../../../src/diagnose/checks/machine/localhost-resolves-here.ts';
import { resolverSources } from '../../../src/diagnose/checks/machine/resolver-sources.ts';
import { unknown } from '../../../src/model/known.ts';
import type { NetworkFacts } from '../../../src/model/network.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import { commandsOf, findingsOf, outcome } from './machine-outcome.ts';

/** A hosts file of these lines. */
const hosts = (...lines: readonly string[]): Pick<NetworkFacts, 'hostsFile'> => ({
  hostsFile: {
    path: '/etc/hosts',
    entries: lines.map((text, index) => {
      const [address = '', ...names] = text.split(' ');
      return { line: index + 1, address, names };
    }),
  },
});

const resolver = (...sources: readonly string[]): Pick<NetworkFacts, 'resolver'> => ({
  resolver: { nameservers: ['10.0.0.53'], search: [], sources },
});

/** What the resolver says of localhost. */
const says = (...addresses: readonly string[]): Pick<Told, 'facts'> => ({
  facts: {
    localhost: addresses.map((address) => ({
      family: address.includes(':') ? 'ipv6' : 'ipv4',
      address,
    })),
  },
});

const ipv4Only = says('127.0.0.1');
const unread = { hostsFile: unknown('denied') } as const;
const why = 'unknown: the hosts file could not be read: the kernel refuses it to this user';

test.each([
  ['127.0.0.1 db localhost', 'pass: /etc/hosts has localhost for 127.0.0.1'],
  [
    '127.0.0.1 localhost.localdomain',
    'fail: /etc/hosts does not give localhost the address 127.0.0.1: whether the name works is up to other servers',
  ],
  [
    '127.0.1.1 localhost',
    'fail: /etc/hosts does not give localhost the address 127.0.0.1: whether the name works is up to other servers',
  ],
])('a hosts file of %s', (line, expected) => {
  expect(outcome(hostsFileLocalhost, { network: hosts(line), ...ipv4Only })).toBe(expected);
});

test('a missing localhost is worse where nothing else answers it', () => {
  const missing = { network: hosts('127.0.1.1 box') };
  const severity = (told: Told) => findingsOf(hostsFileLocalhost, told)[0]?.severity;
  expect(severity({ ...missing, ...ipv4Only })).toBe('warning');
  expect(severity({ ...missing, facts: { localhost: unknown('gone') } })).toBe('critical');
  expect(commandsOf(hostsFileLocalhost, missing)).toEqual([
    "sudo sh -c 'echo 127.0.0.1 localhost >> /etc/hosts'",
  ]);
});

test('a source that knows localhost by itself needs no hosts file', () => {
  const network = { ...hosts(), ...resolver('files', 'myhostname', 'dns') };
  expect(outcome(hostsFileLocalhost, { network, ...ipv4Only })).toBe(
    'pass: /etc/hosts leaves localhost to myhostname, which knows it by itself',
  );
  expect(outcome(hostsFileLocalhost, { network, ...says('10.0.0.5') })).toMatch(/^fail/);
  expect(outcome(hostsFileLocalhost, { network: unread })).toBe(why);
});

test('localhost for ::1 is asked for where IPv6 is on', () => {
  const network = hosts('127.0.0.1 localhost', '::1 ip6-localhost');
  expect(outcome(hostsFileLocalhostIPv6, { network, ...ipv4Only })).toBe(
    'fail: localhost means 127.0.0.1 alone: what listens on ::1 only is not reached by that name',
  );
  expect(findingsOf(hostsFileLocalhostIPv6, { network, ...ipv4Only })[0]?.severity).toBe('notice');
  expect(commandsOf(hostsFileLocalhostIPv6, { network, ...ipv4Only })).toEqual([
    "sudo sh -c 'echo ::1 localhost >> /etc/hosts'",
  ]);
  expect(outcome(hostsFileLocalhostIPv6, { network })).toBe(
    'pass: /etc/hosts has no localhost for ::1, and the resolver says so all the same',
  );
  for (const ipv6Disabled of [null, { all: true, lo: true }]) {
    const off = { network: { ...network, ipv6Disabled }, ...ipv4Only };
    expect(outcome(hostsFileLocalhostIPv6, off)).toBe('not-applicable');
  }
  const long = hosts('0:0:0:0:0:0:0:1 localhost');
  expect(outcome(hostsFileLocalhostIPv6, { network: long })).toBe(
    'pass: /etc/hosts has localhost for ::1',
  );
  expect(outcome(hostsFileLocalhostIPv6, { network: unread })).toBe(why);
});

const sound = 'pass: no line of /etc/hosts points localhost or this machine’s name elsewhere';

test.each([
  ['127.0.0.1 localhost'],
  ['127.0.0.1 shop.localhost'],
  ['127.0.1.1 box'],
  ['192.168.1.20 box box.example'],
  ['192.168.1.20 shop.localhost'],
  ['10.0.0.5 db localhost.example notlocalhost'],
  ['0.0.0.0 ads.example'],
])('a hosts file may say %s', (line) => {
  expect(outcome(hostsFileElsewhere, { network: hosts(line) })).toBe(sound);
});

test.each([
  [
    '10.0.0.5 localhost',
    '/etc/hosts points localhost to 10.0.0.5, which is another machine',
    ["sudo sed -i.bak '1s/^/# /' /etc/hosts"],
  ],
  [
    '10.0.0.5 shop.localhost db',
    '/etc/hosts points shop.localhost to 10.0.0.5, which is another machine',
    ['sudo -e /etc/hosts'],
  ],
  [
    '2001:db8::5 localhost',
    '/etc/hosts points localhost to 2001:db8::5, which is another machine',
    ["sudo sed -i.bak '1s/^/# /' /etc/hosts"],
  ],
  [
    '0.0.0.0 localhost',
    '/etc/hosts points localhost to 0.0.0.0, which is no address: servers that listen on the name are open to the network',
    ["sudo sed -i.bak '1s/^/# /' /etc/hosts"],
  ],
  [
    '192.168.7.9 box.example box',
    '/etc/hosts says that this machine, box, is 192.168.7.9, and no interface has that address',
    ['sudo -e /etc/hosts'],
  ],
])('a hosts file should not say %s', (line, title, commands) => {
  const told = { network: hosts(line) };
  expect(outcome(hostsFileElsewhere, told)).toBe(`fail: ${title}`);
  expect(commandsOf(hostsFileElsewhere, told)).toEqual(commands);
});

test('a name with two loopback addresses of one family is a contradiction', () => {
  const twice = hosts('127.0.0.1 localhost', '::1 localhost', '127.0.1.1 localhost');
  const told = { network: twice };
  expect(outcome(hostsFileElsewhere, told)).toBe(
    'fail: /etc/hosts gives localhost several addresses of one family: 127.0.0.1 and 127.0.1.1',
  );
  expect(commandsOf(hostsFileElsewhere, told)).toEqual(["sudo sed -i.bak '3s/^/# /' /etc/hosts"]);
  const same = hosts('127.0.0.1 localhost', '::1 localhost', '127.0.0.1 localhost box');
  expect(outcome(hostsFileElsewhere, { network: same })).toBe(sound);
});

test('the machine’s name is its own in any case, and unknown interfaces judge nothing', () => {
  const network = hosts('192.168.7.9 box');
  const told = { network, machine: { hostname: 'BOX.example' } };
  expect(outcome(hostsFileElsewhere, told)).toMatch(/^fail: .*, box, is 192\.168\.7\.9/);
  expect(outcome(hostsFileElsewhere, { network, snapshot: { interfaces: [] } })).toBe(sound);
  expect(outcome(hostsFileElsewhere, { network: unread })).toBe(why);
});

test.each([
  [['files', 'dns']],
  [['mymachines', 'resolve', 'files', 'myhostname', 'dns']],
  [['myhostname', 'dns']],
  [['files']],
])('names may be looked up in %j', (sources) => {
  expect(outcome(resolverSources, { network: resolver(...sources) })).toBe(
    `pass: names are looked up in ${sources.join(', then ')}`,
  );
});

test.each([
  [['dns', 'files'], 'name servers are asked for localhost before the hosts file is'],
  [['dns'], 'the hosts file is never asked: what localhost means is up to name servers'],
  [
    ['mdns4_minimal', 'dns'],
    'the hosts file is never asked: what localhost means is up to name servers',
  ],
])('names should not be looked up in %j', (sources, title) => {
  const told = { network: resolver(...sources) };
  expect(outcome(resolverSources, told)).toBe(`fail: ${title}`);
  expect(findingsOf(resolverSources, told)[0]?.evidence).toEqual([
    `hosts: ${sources.join(' ')} in /etc/nsswitch.conf`,
    'nameserver 10.0.0.53 in /etc/resolv.conf',
  ]);
});

test.each([
  [['::1', '127.0.0.1'], 'pass: localhost is ::1, then 127.0.0.1'],
  [['127.0.1.1'], 'pass: localhost is 127.0.1.1'],
  [[], 'fail: localhost resolves to nothing: clients that use the name end with ENOTFOUND'],
  [
    ['127.0.0.1', '192.168.1.20'],
    'fail: localhost resolves to 192.168.1.20, which is no loopback address',
  ],
  [['0.0.0.0'], 'fail: localhost resolves to 0.0.0.0, which is no loopback address'],
])('localhost may resolve to %j', (addresses, expected) => {
  expect(outcome(localhostResolvesHere, says(...addresses))).toBe(expected);
});

test('an answer that the hosts file did not give is from outside', () => {
  const told = { network: { ...hosts(), ...resolver('dns') }, ...says('10.9.9.9') };
  expect(outcome(localhostResolvesHere, told)).toBe(
    'fail: localhost resolves to 10.9.9.9: the answer comes from outside of this machine',
  );
  expect(findingsOf(localhostResolvesHere, told)[0]?.evidence).toEqual([
    'the system’s resolver says 10.9.9.9',
    'names are looked up in dns',
    'name server 10.0.0.53',
  ]);
  expect(commandsOf(localhostResolvesHere, told)).toEqual([
    "sudo sh -c 'echo 127.0.0.1 localhost >> /etc/hosts'",
  ]);
});

test('no such name is a failure, no answer is not', () => {
  const gone = { facts: { localhost: unknown('gone', 'no such name') } } as const;
  expect(outcome(localhostResolvesHere, gone)).toMatch(/^fail: localhost resolves to nothing/);
  expect(commandsOf(localhostResolvesHere, gone)).toEqual([]);
  const silent = { facts: { localhost: unknown('unsupported', 'no answer') } } as const;
  expect(outcome(localhostResolvesHere, silent)).toBe(
    'unknown: what localhost resolves to is not known: no answer',
  );
});
