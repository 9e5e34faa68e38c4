import { describe, expect, it } from 'vitest';
import { addressNotHere } from '../../../src/diagnose/checks/connect/address-not-here.ts';
import { interfaceDown } from '../../../src/diagnose/checks/connect/interface-down.ts';
import { ipv6Disabled } from '../../../src/diagnose/checks/connect/ipv6-disabled.ts';
import { noRoute } from '../../../src/diagnose/checks/connect/no-route.ts';
import { unknown } from '../../../src/model/known.ts';
import type { Route } from '../../../src/model/network.ts';
import {
  endpointFacts,
  soundInterfaces,
  soundNetwork,
  type Told,
} from '../../support/diagnosis-facts.ts';
import { foundBy, outcome } from './connect-outcome.ts';
import { container, networkInterface } from './connect-scene.ts';

describe('address-not-here', () => {
  it('says that another machine is asked, and what this one has', () => {
    const finding = foundBy(addressNotHere, endpointFacts('192.168.1.77:5432'));
    expect(finding.title).toBe(
      '192.168.1.77 is not an address of this machine: another machine is asked, or none',
    );
    expect(finding.evidence).toEqual([
      'no interface of this machine has 192.168.1.77',
      'addresses of this machine: 127.0.0.1 (lo), ::1 (lo), 192.168.1.20 (eth0)',
      'it is in the network of eth0',
      'what listens on another machine can not be seen from here',
    ]);
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'ip route get 192.168.1.77',
      'homeport why localhost:5432',
    ]);
  });

  it.each([
    ['172.18.0.9', 'container'],
    ['100.90.1.2', 'Tailscale'],
    ['10.8.0.6', 'VPN'],
    ['192.168.50.4', 'a network that was left'],
  ])('guesses no more of %s than its block tells', (address, word) => {
    const { evidence } = foundBy(addressNotHere, endpointFacts(`${address}:80`));
    expect(evidence).toContain('it is in the network of no interface');
    expect(evidence.join('\n')).toContain(word);
  });

  it.each([
    ["this machine's own address", '192.168.1.20:80', 'pass'],
    ['any loopback address', '127.9.9.9:80', 'not-applicable'],
    ['the wildcard', '0.0.0.0:80', 'not-applicable'],
    ['a group', '224.0.0.251:5353', 'not-applicable'],
  ])('does not blame %s', (_, text, result) => {
    expect(outcome(addressNotHere, endpointFacts(text)).result).toBe(result);
  });

  it('knows the addresses of containers and of other namespaces', () => {
    const snapshot = {
      containers: [container()],
      interfaces: [
        ...soundInterfaces,
        networkInterface('veth0', '10.1.1.1', { namespace: 'net:[9]' }),
      ],
    };
    expect(outcome(addressNotHere, endpointFacts('172.18.0.2:5432', { snapshot })).result).toBe(
      'pass',
    );
    expect(outcome(addressNotHere, endpointFacts('10.1.1.1:80', { snapshot })).result).toBe('pass');
    expect(outcome(addressNotHere, endpointFacts('172.18.0.3:80', { snapshot })).result).toBe(
      'fail',
    );
  });

  it('says so where no interface could be read', () => {
    const facts = endpointFacts('192.168.1.77:80', { snapshot: { interfaces: [] } });
    expect(outcome(addressNotHere, facts).result).toBe('unknown');
  });
});

describe('interface-down', () => {
  const on = (up: boolean, loopback = false) =>
    endpointFacts(loopback ? '127.0.0.1:80' : '10.9.8.7:80', {
      snapshot: {
        interfaces: loopback
          ? soundInterfaces.map((one) => ({ ...one, up }))
          : [...soundInterfaces, networkInterface('wg0', '10.9.8.7', { up })],
      },
    });

  it('finds the interface that has the address down', () => {
    const finding = foundBy(interfaceDown, on(false));
    expect(finding.title).toBe('10.9.8.7 is on the interface wg0, which is down');
    expect(finding.severity).toBe('warning');
    expect(finding.actions[0]).toMatchObject({
      command: 'sudo ip link set wg0 up',
      needsRoot: true,
    });
  });

  it('takes lo for worse than the others', () => {
    expect(foundBy(interfaceDown, on(false, true)).severity).toBe('critical');
  });

  it('finds lo down that was never up, and so has no address', () => {
    const interfaces = soundInterfaces.map((one) => ({ ...one, up: false, addresses: [] }));
    const facts = endpointFacts('127.0.0.1:80', { snapshot: { interfaces } });
    expect(foundBy(interfaceDown, facts)).toMatchObject({
      title: 'the loopback interface lo is down, and 127.0.0.1 with it',
      evidence: ['lo has no address yet', 'lo is down: the kernel has no route to its addresses'],
      actions: [{ command: 'sudo ip link set lo up' }],
    });
    expect(outcome(noRoute, facts).result).toBe('not-applicable');
    const elsewhere = endpointFacts('10.9.8.6:80', { snapshot: { interfaces } });
    expect(outcome(interfaceDown, elsewhere).result).toBe('not-applicable');
  });

  it('is content with one that is up, and has no say in foreign addresses', () => {
    expect(outcome(interfaceDown, on(true)).result).toBe('pass');
    expect(outcome(interfaceDown, endpointFacts('10.9.8.6:80')).result).toBe('not-applicable');
  });

  it('does not blame one whose address the kernel reaches all the same', () => {
    const interfaces = [...soundInterfaces, networkInterface('wg0', '10.9.8.7', { up: false })];
    const route = { kind: 'local', interface: 'lo', gateway: null, source: null } as const;
    const network = { routes: { '10.9.8.7': route } };
    const facts = endpointFacts('10.9.8.7:80', { snapshot: { interfaces }, network });
    expect(outcome(interfaceDown, facts).result).toBe('pass');
    expect(outcome(addressNotHere, endpointFacts('10.9.8.7:80', { network })).result).toBe('pass');
  });

  it('says so where it could not be read', () => {
    const interfaces = [networkInterface('wg0', '10.9.8.7', { up: unknown('denied') })];
    const facts = endpointFacts('10.9.8.7:80', { snapshot: { interfaces } });
    expect(outcome(interfaceDown, facts).result).toBe('unknown');
  });
});

describe('ipv6-disabled', () => {
  const disabled = { ipv6Disabled: { all: false, lo: true } };

  it('finds ::1 asked for where IPv6 is off on lo', () => {
    const finding = foundBy(ipv6Disabled, endpointFacts('[::1]:3000', { network: disabled }));
    expect(finding.title).toBe('::1 is an IPv6 address, and IPv6 is switched off here');
    expect(finding.evidence).toEqual(['net.ipv6.conf.lo.disable_ipv6 = 1']);
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'homeport why 127.0.0.1:3000',
      'sudo sysctl -w net.ipv6.conf.lo.disable_ipv6=0',
    ]);
  });

  it('finds a kernel without IPv6, which no setting helps', () => {
    const finding = foundBy(
      ipv6Disabled,
      endpointFacts('localhost:3000', { network: { ipv6Disabled: null } }),
    );
    expect(finding.evidence).toEqual(['this kernel has no IPv6']);
    expect(finding.actions).toHaveLength(1);
  });

  it('takes it easier where IPv4 is tried before', () => {
    const facts = { addresses: ['127.0.0.1', '::1'] };
    const asked = endpointFacts('localhost:3000', { network: disabled, facts });
    expect(foundBy(ipv6Disabled, asked).severity).toBe('notice');
  });

  it.each([
    ['IPv6 that is on', '[::1]:80', {}, 'pass'],
    [
      'lo, where other interfaces have none',
      '[::1]:80',
      { ipv6Disabled: { all: true, lo: false } },
      'pass',
    ],
    ['IPv4', '127.0.0.1:80', disabled, 'not-applicable'],
  ])('does not blame %s', (_, text, network, result) => {
    expect(outcome(ipv6Disabled, endpointFacts(text, { network })).result).toBe(result);
  });

  it('says so where the settings could not be read', () => {
    const denied = { ipv6Disabled: { all: unknown('denied'), lo: unknown('denied') } };
    const facts = { network: unknown('unsupported') };
    expect(outcome(ipv6Disabled, endpointFacts('[::1]:80', { network: denied })).result).toBe(
      'unknown',
    );
    expect(outcome(ipv6Disabled, endpointFacts('[::1]:80', { facts })).result).toBe('unknown');
  });
});

describe('no-route', () => {
  const routed = (kind: Route['kind']) => {
    const route: Route = { kind, interface: null, gateway: null, source: null };
    return endpointFacts('10.9.8.7:80', {
      network: { routes: { ...soundNetwork.routes, '10.9.8.7': route } },
    });
  };

  it.each([
    ['none', 'ENETUNREACH', 1],
    ['unreachable', 'EHOSTUNREACH', 2],
    ['blackhole', 'EINVAL', 2],
    ['prohibit', 'EACCES', 2],
  ] as const)('finds a route of kind %s, and what connect(2) says then', (kind, code, actions) => {
    const finding = foundBy(noRoute, routed(kind));
    expect(finding.title).toContain(code);
    expect(finding.evidence).toEqual([
      kind === 'none'
        ? 'the kernel knows no way to 10.9.8.7 (`ip route get 10.9.8.7`)'
        : `a route for 10.9.8.7 stands in the routing table (${kind}, ip-route(8))`,
    ]);
    expect(finding.actions[0]?.command).toBe('ip route get 10.9.8.7');
    expect(finding.actions).toHaveLength(actions);
  });

  const none: Route = { kind: 'none', interface: null, gateway: null, source: null };
  const routeless = (text: string, told: Told) =>
    endpointFacts(text, { network: { routes: { '127.0.0.1': none, '::1': none } }, ...told });

  it.each([
    ['127.0.0.1', 'sudo ip address add 127.0.0.1/8 dev lo', ['::1']],
    ['127.0.0.9', 'sudo ip address add 127.0.0.1/8 dev lo', ['::1']],
    ['::1', 'sudo ip address add ::1/128 dev lo', ['127.0.0.1']],
  ])('gives lo %s back where it is up without it', (address, command, left) => {
    const interfaces = soundInterfaces.map((one) => ({
      ...one,
      addresses: one.addresses.filter((own) => left.includes(own.address)),
    }));
    const text = address.includes(':') ? `[${address}]:80` : `${address}:80`;
    const network = { routes: { [address]: none } };
    const finding = foundBy(noRoute, routeless(text, { snapshot: { interfaces }, network }));
    expect(finding.severity).toBe('critical');
    expect(finding.title).toBe(
      `${address} can not be reached: the loopback interface lo does not have it`,
    );
    expect(finding.actions[0]).toMatchObject({ command, needsRoot: true });
  });

  it('restores the route where lo has the address', () => {
    const commands = ['127.0.0.1:80', '[::1]:80'].map(
      (text) => foundBy(noRoute, routeless(text, {})).actions[0]?.command,
    );
    expect(commands).toEqual([
      'sudo ip route replace table local local 127.0.0.0/8 dev lo',
      'sudo ip -6 route replace table local local ::1 dev lo',
    ]);
  });

  it('leaves IPv6 that is switched off to its own check', () => {
    const network = { routes: { '::1': none }, ipv6Disabled: { all: false, lo: true } };
    expect(outcome(noRoute, endpointFacts('[::1]:80', { network })).result).toBe('not-applicable');
  });

  it('is content with a route, and with two', () => {
    expect(outcome(noRoute, routed('unicast')).result).toBe('pass');
    expect(outcome(noRoute, endpointFacts('localhost:80')).result).toBe('pass');
  });

  it('says so where it could not be read', () => {
    expect(outcome(noRoute, endpointFacts('10.9.8.7:80')).result).toBe('unknown');
    const facts = { network: unknown('unsupported') };
    expect(outcome(noRoute, endpointFacts('127.0.0.1:80', { facts })).result).toBe('unknown');
    expect(outcome(noRoute, endpointFacts('0.0.0.0:80')).result).toBe('not-applicable');
  });
});
