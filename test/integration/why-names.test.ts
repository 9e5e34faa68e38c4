import { describe, expect, it } from 'vitest';
import { isRoot } from '../support/launcher.ts';
import { type ApartMachine, whyApart } from '../support/why-apart.ts';
import { causeIds, causeOf } from '../support/why-facts.ts';

const hosts = (...lines: readonly string[]): string =>
  ['127.0.0.1 localhost', '::1 localhost', ...lines, ''].join('\n');

/** A machine whose resolver reads the hosts file alone. */
const named = (...lines: readonly string[]): ApartMachine => ({
  files: { '/etc/hosts': hosts(...lines), '/etc/nsswitch.conf': 'hosts: files\n' },
});

describe.skipIf(!isRoot)('why a name leads nowhere (needs root)', () => {
  it('finds a name that nobody knows, and the similar one of the hosts file', () => {
    const machine = named('127.0.0.1 api.shop.test');
    const diagnosis = whyApart({ target: 'http://api.shpo.test:3000' }, machine);
    const cause = causeOf(diagnosis, 'name-unknown');
    expect(cause.title).toBe('api.shpo.test has no address on this machine');
    expect(cause.evidence).toContain('/etc/hosts:3 gives api.shop.test the address 127.0.0.1');
    const known = whyApart({ target: 'http://api.shop.test:3000' }, machine);
    expect(causeIds(known)).not.toContain('name-unknown');
    expect(causeIds(known)[0]).toBe('nothing-listens');
  });

  it('tells a resolver that answers nothing from a name that is not there', () => {
    const silent: ApartMachine = {
      files: {
        '/etc/hosts': hosts(),
        '/etc/nsswitch.conf': 'hosts: files dns\n',
        '/etc/resolv.conf': 'nameserver 127.0.0.9\noptions timeout:1 attempts:1\n',
      },
    };
    const cause = causeOf(whyApart({ target: 'http://api.shop.test:80' }, silent), 'name-unknown');
    expect(cause.title).toBe('the resolver gave no answer for api.shop.test (EAI_AGAIN)');
    expect(cause.evidence).toContain('servers (resolv.conf): 127.0.0.9');
  });

  it('explains a message of a client that found no address', () => {
    const message = 'Error: getaddrinfo ENOTFOUND api.shop.localhost';
    const diagnosis = whyApart({ message: `${message}:3000` }, named());
    expect(diagnosis.verdict).toBe('explained');
    expect(diagnosis.causes[0]?.id).toBe('localhost-subdomain-unresolved');
  });

  it('finds that names under .localhost are not answered, and that one is', () => {
    const machine = named('127.0.0.1 shop.localhost');
    const unanswered = whyApart({ target: 'http://api.shop.localhost:3000' }, machine);
    expect(causeOf(unanswered, 'localhost-subdomain-unresolved').evidence[1]).toContain(
      'files, none of which answers them',
    );
    const answered = whyApart({ target: 'http://shop.localhost:3000' }, machine);
    expect(causeIds(answered)).not.toContain('localhost-subdomain-unresolved');
  });

  it('takes localhost6 for a name like any other', () => {
    const unknown = whyApart({ target: 'localhost6:80' }, named());
    expect(unknown.causes[0]?.id).toBe('name-unknown');
    expect(causeIds(unknown)).not.toContain('localhost-subdomain-unresolved');
    const known = whyApart({ target: 'localhost6:80' }, named('::1 localhost6'));
    expect(causeIds(known)[0]).toBe('nothing-listens');
  });

  it('finds localhost and other local names at addresses that are not here', () => {
    const machine: ApartMachine = {
      files: {
        '/etc/hosts': '10.9.8.7 localhost\n10.9.8.7 shop.test\n127.0.1.1 box.test\n',
        '/etc/nsswitch.conf': 'hosts: files\n',
      },
    };
    const localhost = causeOf(
      whyApart({ target: 'localhost:3000' }, machine),
      'name-points-elsewhere',
    );
    expect(localhost).toMatchObject({ severity: 'critical', explains: true });
    expect(localhost.evidence).toContain('/etc/hosts:1 gives localhost the address 10.9.8.7');
    expect(localhost.actions[0]?.command).toBe('homeport why 127.0.0.1:3000');
    const shop = whyApart({ target: 'http://shop.test:3000' }, machine);
    expect(causeIds(shop)[0]).toBe('name-points-elsewhere');
    const box = whyApart({ target: 'http://box.test:3000' }, machine);
    expect(causeIds(box)).not.toContain('name-points-elsewhere');
  });
});

describe.skipIf(!isRoot)('why an address is not reached (needs root)', () => {
  const veth = 'ip link add veth1 type veth peer name veth2';
  const address = 'ip address add 10.9.8.1/24 dev veth1';
  const up = ['ip link set veth1 up', 'ip link set veth2 up'];

  it('does not blame an interface that is down for an address that answers all the same', () => {
    const down = whyApart({ target: '10.9.8.1:3000' }, { commands: [veth, address] });
    expect(down.checks).toContainEqual(
      expect.objectContaining({ id: 'interface-down', result: 'pass' }),
    );
    expect(down.attempts[0]?.outcome).toBe('refused');
    expect(causeIds(down)[0]).toBe('nothing-listens');
  });

  it.each([
    ['that was never up', [], 'lo has no address yet'],
    ['that is down again', ['ip link set lo up', 'ip link set lo down'], 'lo has 127.0.0.1'],
  ])('finds lo %s', (_, commands, evidence) => {
    const diagnosis = whyApart({ target: '127.0.0.1:3000' }, { commands, loopback: 'left' });
    expect(diagnosis.verdict).toBe('explained');
    expect(diagnosis.causes[0]).toMatchObject({ id: 'interface-down', explains: true });
    expect(causeIds(diagnosis)).not.toContain('no-route');
    const { actions, ...cause } = causeOf(diagnosis, 'interface-down');
    expect(cause.evidence).toContain(evidence);
    expect(actions[0]?.command).toBe('sudo ip link set lo up');
  });

  it.each([
    ['127.0.0.1:3000', '127.0.0.1/8'],
    ['[::1]:3000', '::1/128'],
  ])('finds lo up without the address of %s, and that its fix helps', (target, block) => {
    const commands = [`ip address del ${block} dev lo`];
    const diagnosis = whyApart({ target }, { commands });
    expect(diagnosis.verdict).toBe('explained');
    expect(diagnosis.causes[0]?.id).toBe('no-route');
    const fix = causeOf(diagnosis, 'no-route').actions[0]?.command ?? '';
    expect(fix).toBe(`sudo ip address add ${block} dev lo`);
    const fixed = whyApart(
      { target },
      { commands: [...commands, fix.replace('sudo ', '')], loopback: 'up' },
    );
    expect(fixed.attempts[0]?.outcome).toBe('refused');
    expect(causeIds(fixed)).not.toContain('no-route');
  });

  it('says that an address is not here, and that its own is', () => {
    const commands = [veth, address, ...up];
    const away = whyApart({ target: '10.9.8.7:3000' }, { commands });
    const cause = causeOf(away, 'address-not-here');
    expect(cause.evidence).toContain('it is in the network of veth1');
    expect(cause.evidence.join()).toContain('10.9.8.1 (veth1)');
    expect(causeIds(away)).not.toContain('nothing-listens');
    const own = whyApart({ target: '10.9.8.1:3000' }, { commands });
    expect(causeIds(own)).not.toContain('address-not-here');
  });

  it('finds ::1 asked for where IPv6 is off, and not where it is on', () => {
    const off = 'sysctl -qw net.ipv6.conf.lo.disable_ipv6=1';
    const diagnosis = whyApart({ target: '[::1]:3000' }, { commands: [off] });
    expect(diagnosis.attempts[0]?.outcome).toBe('address-not-available');
    expect(diagnosis.causes[0]).toMatchObject({ id: 'ipv6-disabled', explains: true });
    expect(causeIds(whyApart({ target: '[::1]:3000' }))).not.toContain('ipv6-disabled');
  });

  it.each([
    ['unreachable', 'no-route'],
    ['prohibit', 'denied'],
    ['blackhole', 'no-route'],
  ])('finds a route of kind %s', (kind, met) => {
    const commands = [veth, address, ...up, `ip route add ${kind} 10.7.7.7`];
    const diagnosis = whyApart({ target: '10.7.7.7:3000' }, { commands });
    expect(diagnosis.attempts[0]?.outcome).toBe(met);
    expect(diagnosis.causes[0]).toMatchObject({ id: 'no-route', explains: true });
    expect(causeOf(diagnosis, 'no-route').evidence).toContain(
      `a route for 10.7.7.7 stands in the routing table (${kind}, ip-route(8))`,
    );
  });

  it('finds that no route leads there at all, and that one does', () => {
    const diagnosis = whyApart({ target: '10.7.7.7:3000' });
    expect(diagnosis.causes[0]?.title).toContain('ENETUNREACH');
    const routed = ['ip route add 10.7.7.0/24 dev veth1'];
    const near = whyApart(
      { target: '10.7.7.7:3000' },
      { commands: [veth, address, ...up, ...routed] },
    );
    expect(causeIds(near)).not.toContain('no-route');
  });
});
