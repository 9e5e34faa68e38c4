import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Ffi, openFfi } from '../../src/host/linux/ffi.ts';
import { readRoutes } from '../../src/host/linux/routes.ts';
import { isRecord } from '../../src/host/shape.ts';
import { isUnknown } from '../../src/model/known.ts';
import { asUser } from '../support/as-user.ts';
import { isRoot } from '../support/start-server.ts';

const refused = { interface: null, gateway: null, source: null };
const source = join(import.meta.dirname, '../../src/host/linux');
const program = `
  const { openFfi } = await import('${source}/ffi.ts');
  const { readRoutes } = await import('${source}/routes.ts');
  console.log(JSON.stringify(readRoutes(openFfi(), process.argv.slice(1))));`;

type Routes = Readonly<Record<string, unknown>>;

/** The routes in a network namespace of the test's own, after these `ip` commands; and what `ip` says of them. */
const apart = (commands: readonly string[], destinations: readonly string[]) => {
  const script = [
    ...commands.map((command) => `ip ${command} >&2 || exit 1`),
    'node=$1; shift; "$node" --input-type=module -e "$PROGRAM" -- "$@"',
    'for to in "$@"; do ip -j route get $(echo "$to" | sed "s/%/ oif /") 2>&1; echo; done',
  ].join('\n');
  const words = ['-n', 'sh', '-c', script, 'sh', process.execPath, ...destinations];
  const env = { ...process.env, PROGRAM: program };
  const [first = '', ...rest] = execFileSync('unshare', words, { encoding: 'utf8', env })
    .split('\n')
    .filter((line) => line !== '');
  return { routes: routesIn(first), told: rest };
};

const routesIn = (text: string): Routes => {
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : {};
};

/** One answer of `ip -j route get` as a route. */
const routeOfIp = (line: string): unknown => {
  const value: unknown = JSON.parse(line);
  const [told] = Array.isArray(value) ? value : [];
  const { type = 'unicast', dev, gateway = null, via, prefsrc = null } = told;
  return { kind: type, interface: dev, gateway: via?.host ?? gateway, source: prefsrc };
};

describe.skipIf(!isRoot)('routes in a network namespace of its own (needs root)', () => {
  it('are none while lo is down', () => {
    const { routes } = apart([], []);
    expect(routes).toEqual({
      '127.0.0.1': { kind: 'none', ...refused },
      '::1': { kind: 'none', ...refused },
    });
  });

  it('are none for ::1 alone where IPv6 is switched off', () => {
    const { routes } = apart(
      ['link set lo up', 'addr flush dev lo', 'addr add 127.0.0.1/8 dev lo'],
      [],
    );
    expect(routes).toMatchObject({
      '127.0.0.1': { kind: 'local', interface: 'lo' },
      '::1': { kind: 'none', ...refused },
    });
  });

  it('that refuse tell how', () => {
    const kinds = ['blackhole', 'prohibit', 'unreachable'] as const;
    const commands = kinds.flatMap((kind, at) => [
      `route add ${kind} 10.${at}.0.0/16`,
      `-6 route add ${kind} fd0${at}::/64`,
    ]);
    const destinations = kinds.flatMap((_, at) => [`10.${at}.0.1`, `fd0${at}::1`]);
    const { routes } = apart(
      ['link set lo up', ...commands],
      [...destinations, '10.9.0.1', 'fd09::1'],
    );
    expect(routes).toMatchObject(
      Object.fromEntries([
        ...kinds.flatMap((kind, at) => [
          [`10.${at}.0.1`, { kind, ...refused }],
          [`fd0${at}::1`, { kind, ...refused }],
        ]),
        ['10.9.0.1', { kind: 'none', ...refused }],
        ['fd09::1', { kind: 'none', ...refused }],
      ]),
    );
  });

  it('are those that `ip route get` tells', () => {
    const commands = [
      'link set lo up',
      'link add veth0 type veth peer name veth1',
      'link set veth0 up',
      'link set veth1 up',
      'addr add 10.9.0.1/24 brd + dev veth0',
      'addr add 2001:db8:1::5/64 dev veth0 nodad',
      'route add default via 10.9.0.254 dev veth0',
      'route add 10.8.0.0/16 via inet6 fe80::1 dev veth0',
      '-6 route add default via fe80::9 dev veth0',
      '-6 route add anycast 2001:db8:2::1 dev lo',
    ];
    const destinations = [
      '127.0.0.1',
      '::1',
      '127.9.9.9',
      '10.9.0.1',
      '10.9.0.7',
      '10.9.0.255',
      '10.8.0.1',
      '192.0.2.1',
      '224.0.0.9',
      '2001:db8:1::5',
      '2001:db8:1::6',
      '2001:db8:2::1',
      '2001:db8:9::1',
      'fe80::7%veth1',
      'ff02::1%veth0',
    ];
    const { routes, told } = apart(commands, destinations);
    expect(Object.keys(routes)).toEqual(destinations);
    expect(told.map(routeOfIp)).toEqual(destinations.map((destination) => routes[destination]));
    expect(routes).toMatchObject({
      '10.9.0.255': { kind: 'broadcast', interface: 'veth0' },
      '10.8.0.1': { kind: 'unicast', gateway: 'fe80::1' },
      '192.0.2.1': { kind: 'unicast', gateway: '10.9.0.254', source: '10.9.0.1' },
      '2001:db8:2::1': { kind: 'anycast' },
      'fe80::7%veth1': { interface: 'veth1' },
    });
  });

  it('need no privilege', () => {
    const words = ['--input-type=module', '-e', program];
    expect(routesIn(asUser(65_534, process.execPath, words, 'utf8'))).toMatchObject({
      '127.0.0.1': { kind: 'local', interface: 'lo' },
    });
  });
});

describe('routes', () => {
  it('of this machine lead over lo to an IPv4 address, in an IPv6 one too', () => {
    const routes = readRoutes(openFfi(), ['127.0.0.7', '::ffff:127.0.0.7', '127.0.0.1']);
    const local = { kind: 'local', interface: 'lo', gateway: null, source: '127.0.0.1' };
    expect(routes).toMatchObject({
      '127.0.0.1': local,
      '127.0.0.7': local,
      '::ffff:127.0.0.7': local,
    });
    expect(Object.keys(routes)).toHaveLength(4);
  });

  it('to what is no address, or over no interface, are unknown', () => {
    const routes = readRoutes(openFfi(), ['localhost', '', 'fe80::1%nowhere0', 'fe80::1%99999']);
    expect(routes).toMatchObject({
      localhost: { unknown: 'unsupported' },
      '': { unknown: 'unsupported' },
      'fe80::1%nowhere0': { unknown: 'gone', why: 'there is no interface nowhere0' },
      'fe80::1%99999': { unknown: 'gone' },
    });
  });

  it('leave no descriptor open', () => {
    const code = `${program}
      const { readdirSync } = await import('node:fs');
      const count = () => readdirSync('/proc/self/fd').length;
      const before = count();
      for (let turn = 0; turn < 50; turn += 1) readRoutes(openFfi(), []);
      console.log(count() - before);`;
    const words = ['--input-type=module', '-e', code];
    const told = execFileSync(process.execPath, words, { encoding: 'utf8' });
    expect(told.trim().split('\n')[1]).toBe('0');
  });

  it('are unknown without native calls, and where a sandbox refuses the socket', () => {
    expect(Object.values(readRoutes(null, ['10.0.0.1'])).every(isUnknown)).toBe(true);
    const ffi = openFfi();
    if (ffi === null) throw new Error('there is no FFI');
    const refusing: Ffi = { ...ffi, socket: () => -1, errno: () => 1 };
    expect(readRoutes(refusing, [])).toMatchObject({
      '127.0.0.1': { unknown: 'denied' },
      '::1': { unknown: 'denied' },
    });
    const silent: Ffi = { ...ffi, recv: () => -1, errno: () => 11 };
    expect(readRoutes(silent, [])).toMatchObject({ '::1': { unknown: 'unsupported' } });
  });
});
