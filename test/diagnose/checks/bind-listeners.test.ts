import { describe, expect, it } from 'vitest';
import { inheritedDescriptor } from '../../../src/diagnose/checks/bind/inherited-descriptor.ts';
import { otherNamespaceHolds } from '../../../src/diagnose/checks/bind/other-namespace-holds.ts';
import { portTaken } from '../../../src/diagnose/checks/bind/port-taken.ts';
import { bindChecks } from '../../../src/diagnose/checks/bind/registry.ts';
import { sameProgramTwice } from '../../../src/diagnose/checks/bind/same-program-twice.ts';
import { systemdSocketHolds } from '../../../src/diagnose/checks/bind/systemd-socket-holds.ts';
import { wildcardOverlap } from '../../../src/diagnose/checks/bind/wildcard-overlap.ts';
import type { EndpointFacts } from '../../../src/diagnose/facts.ts';
import { unknown } from '../../../src/model/known.ts';
import type { Process } from '../../../src/model/process.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import { oneProcess } from '../../support/scene.ts';
import {
  bindFacts,
  commandsOf,
  endOf,
  findingOf,
  free,
  listening,
  messageFrom,
  projectIn,
} from './bind-facts.ts';

const at = '127.0.0.1:3000';

/** Listeners of one port, each with the pids that hold it. */
const held = (
  holders: readonly (readonly number[])[],
  processes: readonly Process[],
  told: Told = {},
  addresses: readonly string[] = holders.map(() => '127.0.0.1'),
): Told => ({
  sockets: holders.map((_, index) => listening(70 + index, addresses[index] ?? '', 3000)),
  holders: Object.fromEntries(holders.map((pids, index) => [70 + index, pids])),
  processes,
  ...told,
});

const node = (pid: number, ppid = 900, facts: Partial<Process> = {}): Process =>
  oneProcess(pid, ppid, { comm: 'node', argv: ['node', 'server.js'], ...facts });
const shell = oneProcess(900, 1, { comm: 'bash', argv: ['bash'] });

/** The checks of listeners that find something: one listener is told by one check. */
const found = (facts: EndpointFacts): readonly string[] =>
  bindChecks.filter((check) => check.judge(facts).result === 'fail').map(({ id }) => id);

describe('port-taken', () => {
  it('names the program, its process and how to end it', () => {
    const facts = bindFacts(at, held([[4242]], [node(4242), shell]));
    const finding = findingOf(portTaken, facts);
    expect(finding.title).toBe('server.js (pid 4242) already listens on 127.0.0.1:3000');
    expect(finding.evidence).toContain('it runs since 2026-11-21T10:00:00.000Z');
    expect(finding.evidence).toContain('binding 127.0.0.1:3000 fails with EADDRINUSE now');
    expect(commandsOf(finding)).toEqual(['kill -TERM 4242', 'homeport explain pid:4242', null]);
    expect(finding.actions[2]?.label).toContain('nothing listens on 3001');
    expect(found(facts)).toEqual(['port-taken']);
  });

  it('ends what another user runs as root only', () => {
    const facts = bindFacts(at, held([[4242]], [node(4242, 1, { uid: 33 })]));
    const [stop] = findingOf(portTaken, facts).actions;
    expect(stop).toMatchObject({ command: 'sudo kill -TERM 4242', needsRoot: true });
  });

  it('says what it can of a program that may not be seen', () => {
    const facts = bindFacts(at, held([[]], [], { snapshot: { unreadableProcesses: 1 } }));
    const finding = findingOf(portTaken, facts);
    expect(finding.title).toContain('already listens on 127.0.0.1:3000');
    expect(finding.actions[0]).toMatchObject({
      command: 'sudo homeport explain 127.0.0.1:3000',
      needsRoot: true,
    });
  });

  it('stops a service by systemd, and not by a signal', () => {
    const cgroup = '/system.slice/web.service';
    const facts = bindFacts(at, held([[4242]], [node(4242, 1, { cgroup })]));
    expect(findingOf(portTaken, facts).actions[0]).toMatchObject({
      command: 'sudo systemctl stop web.service',
      needsRoot: true,
    });
    const user = '/user.slice/user-1000.slice/user@1000.service/app.slice/web.service';
    const own = bindFacts(at, held([[4242]], [node(4242, 1, { cgroup: user })]));
    expect(commandsOf(findingOf(portTaken, own))[0]).toBe('systemctl --user stop web.service');
  });

  it('stops what pm2 runs by pm2', () => {
    const daemon = oneProcess(800, 1, {
      comm: 'PM2 v5.4.2: God',
      argv: ['PM2 v5.4.2: God Daemon (/root/.pm2)'],
    });
    const worker = node(4242, 800, { environment: { pm_id: '3', PM2_HOME: '/root/.pm2' } });
    const facts = bindFacts(at, held([[4242]], [worker, daemon]));
    expect(commandsOf(findingOf(portTaken, facts))[0]).toBe('pm2 stop 3');
  });

  it('ends the watcher of what a watcher starts again', () => {
    const nodemon = oneProcess(901, 900, {
      comm: 'node',
      argv: ['node', '/bin/nodemon', 'server.js'],
    });
    const facts = bindFacts(at, held([[4242]], [node(4242, 901), nodemon, shell]));
    expect(commandsOf(findingOf(portTaken, facts))[0]).toBe('kill -TERM 901');
  });

  it('ends the process that starts the workers', () => {
    const facts = bindFacts(at, held([[4242, 4243]], [node(4242), node(4243, 4242), shell]));
    expect(commandsOf(findingOf(portTaken, facts))[0]).toBe('kill -TERM 4242');
  });

  it('says how an SO_REUSEPORT group is joined', () => {
    const facts = bindFacts(at, held([[4242], [4243]], [node(4242), node(4243), shell]));
    expect(findingOf(portTaken, facts).evidence.join()).toContain('2 sockets share the port');
  });

  it('stands aside where nobody listens there', () => {
    const elsewhere = held([[4242]], [node(4242), shell], {}, ['127.0.0.2']);
    expect(endOf(portTaken, bindFacts(at, elsewhere, free))).toBe('pass');
    const udp = held([[4242]], [node(4242)], {
      sockets: [listening(70, '127.0.0.1', 3000, { transport: 'udp', state: 'close' })],
    });
    expect(endOf(portTaken, bindFacts(at, udp, free))).toBe('pass');
    expect(findingOf(portTaken, bindFacts('udp://127.0.0.1:3000', udp)).title).toContain('4242');
  });

  it('believes the kernel that a listener has ended meanwhile', () => {
    expect(endOf(portTaken, bindFacts(at, held([[4242]], [node(4242)]), free))).toBe('pass');
  });

  it('judges a snapshot, where nothing can be tried', () => {
    expect(endOf(portTaken, bindFacts(at, held([[4242]], [node(4242)]), null))).toBe('fail');
  });

  it('says so where a port is in use and nobody can be seen', () => {
    expect(portTaken.judge(bindFacts(at))).toMatchObject({
      result: 'unknown',
      why: '127.0.0.1:3000 is in use, and no socket that holds it could be seen',
    });
    expect(endOf(portTaken, bindFacts('nowhere.test:3000'))).toBe('unknown');
  });
});

describe('systemd-socket-holds', () => {
  const systemd = oneProcess(1, 0, { comm: 'systemd', argv: ['/sbin/init'], uid: 0 });
  const service = node(4242, 1, { cgroup: '/system.slice/web.service' });

  it('finds the manager that waits for the first connection', () => {
    const facts = bindFacts(at, held([[1]], [systemd]));
    const finding = findingOf(systemdSocketHolds, facts);
    expect(finding.title).toContain('a systemd socket unit holds 127.0.0.1:3000');
    expect(finding.evidence[0]).toBe('systemd (pid 1) holds the listening socket');
    expect(commandsOf(finding)[0]).toContain("grep -E '[:.]3000 '");
    expect(finding.actions[0]).toMatchObject({ needsRoot: true });
    expect(found(facts)).toEqual(['systemd-socket-holds']);
  });

  it('finds the unit by the service that was given the socket', () => {
    const finding = findingOf(
      systemdSocketHolds,
      bindFacts(at, held([[1, 4242]], [systemd, service])),
    );
    expect(finding.title).toContain('which starts web.service with the first connection');
    expect(commandsOf(finding)).toEqual([
      'sudo systemctl stop $(systemctl show --property=TriggeredBy --value web.service) web.service',
      'systemctl status web.service',
      null,
    ]);
  });

  it('names the unit by the cgroup of a socket whose holder may not be seen', () => {
    const sockets = [listening(70, '127.0.0.1', 3000, { cgroupId: '9' })];
    const told = { sockets, snapshot: { cgroups: { 9: '/system.slice/web.socket' } } };
    const finding = findingOf(systemdSocketHolds, bindFacts(at, told));
    expect(finding.title).toContain('web.socket holds 127.0.0.1:3000');
    expect(commandsOf(finding).slice(0, 2)).toEqual([
      'sudo systemctl stop web.socket',
      'systemctl status web.socket',
    ]);
  });

  it("tells a user's manager from the system's", () => {
    const user = oneProcess(812, 1, { comm: 'systemd', argv: ['/lib/systemd/systemd', '--user'] });
    const finding = findingOf(systemdSocketHolds, bindFacts(at, held([[812]], [user])));
    expect(commandsOf(finding)[0]).toMatch(/^systemctl --user stop /);
    expect(finding.actions[0]?.needsRoot).toBeUndefined();
  });

  it('does not take a process for systemd by its name, nor a container for its init', () => {
    const named = oneProcess(812, 900, { comm: 'systemd', argv: ['./systemd', '3000'] });
    expect(endOf(systemdSocketHolds, bindFacts(at, held([[812]], [named, shell])))).toBe('pass');
    const first = oneProcess(1, 0, { comm: 'node', argv: ['node', 'server.js'] });
    expect(endOf(systemdSocketHolds, bindFacts(at, held([[1]], [first])))).toBe('pass');
  });

  it('leaves a service that opened its socket itself to the next check', () => {
    expect(found(bindFacts(at, held([[4242]], [service])))).toEqual(['port-taken']);
  });
});

describe('inherited-descriptor', () => {
  const mark = 'still holds 127.0.0.1:3000, which it inherited';

  it('finds a program that can not have opened it', () => {
    const left = oneProcess(77, 1, { comm: 'sleep', argv: ['sleep', '600'] });
    const facts = bindFacts(at, held([[77]], [left]));
    const finding = findingOf(inheritedDescriptor, facts);
    expect(finding.title).toContain(`sleep (pid 77) ${mark}`);
    expect(finding.evidence[0]).toContain('sleep never opens one that listens');
    expect(commandsOf(finding)[0]).toBe('kill -TERM 77');
    expect(found(facts)).toEqual(['inherited-descriptor']);
  });

  it("finds a reloader's and a pool's child that outlived its parent", () => {
    const reloaded = node(77, 1, { environment: { WERKZEUG_RUN_MAIN: 'true' } });
    const pooled = oneProcess(78, 1, {
      comm: 'python3',
      argv: [
        'python3',
        '-c',
        'from multiprocessing.spawn import spawn_main; spawn_main()',
        '--multiprocessing-fork',
      ],
    });
    for (const one of [reloaded, pooled]) {
      expect(
        findingOf(inheritedDescriptor, bindFacts(at, held([[one.pid]], [one]))).title,
      ).toContain(mark);
    }
  });

  it('finds workers whose main process ended', () => {
    const facts = bindFacts(at, held([[78, 79]], [node(78, 1), node(79, 1)]));
    expect(findingOf(inheritedDescriptor, facts).evidence[0]).toBe(
      'node (pid 78) and node (pid 79) share one socket',
    );
  });

  it.each([
    ['workers whose main process holds it', [[78, 79]], [node(78, 900), node(79, 78), shell]],
    [
      'a child of a reloader that still runs',
      [[79]],
      [node(79, 78, { environment: { RUN_MAIN: 'true' } }), node(78, 900), shell],
    ],
    ['a server whose parent has ended', [[78]], [node(78, 1)]],
    ['an SO_REUSEPORT group of two servers', [[78], [79]], [node(78, 1), node(79, 1)]],
    ['a shell whose server holds it too', [[900, 78]], [shell, node(78, 900)]],
    ['nobody that may be seen', [[]], []],
  ] as const)('passes %s', (_, holders, processes) => {
    expect(endOf(inheritedDescriptor, bindFacts(at, held(holders, processes)))).toBe('pass');
  });
});

describe('same-program-twice', () => {
  const shop = projectIn('/srv/shop', 'shop');
  const inShop = { projects: { '/srv/shop': shop } };
  const running = [node(4242, 900, { cwd: '/srv/shop' }), shell];

  it('finds an earlier instance of the project that Homeport is asked from', () => {
    const told = held([[4242]], running, { snapshot: inShop, facts: { askersProject: shop } });
    const facts = bindFacts(at, told);
    const finding = findingOf(sameProgramTwice, facts);
    expect(finding.title).toBe(
      'server.js (pid 4242, project shop) already listens on 127.0.0.1:3000: an earlier instance of this very project still runs',
    );
    expect(finding.evidence).toContain('Homeport was asked from the project in /srv/shop');
    expect(found(facts)).toEqual(['same-program-twice']);
  });

  it('tells an orphan', () => {
    const orphan = node(4242, 1, { cwd: '/srv/shop', session: 4000 });
    const init = oneProcess(1, 0, { comm: 'systemd', session: 1 });
    const told = held([[4242]], [orphan, init], {
      snapshot: inShop,
      facts: { askersProject: shop },
    });
    expect(findingOf(sameProgramTwice, bindFacts(at, told)).evidence).toContain(
      'the program that started it has ended, and left it running',
    );
  });

  it('finds the program whose words the message is in', () => {
    const redis = oneProcess(812, 1, { comm: 'redis-server', argv: ['redis-server *:6379'] });
    const told = held([[812]], [redis], { facts: { message: messageFrom('redis') } });
    expect(findingOf(sameProgramTwice, bindFacts(at, told)).title).toContain('runs already');
  });

  it('leaves other projects, and a runtime in common, to the next check', () => {
    const asked = { askersProject: projectIn('/srv/blog', 'blog'), message: messageFrom('node') };
    const told = held([[4242]], running, { snapshot: inShop, facts: asked });
    expect(found(bindFacts(at, told))).toEqual(['port-taken']);
    const nobody = held([[4242]], running, {
      snapshot: inShop,
      facts: { askersProject: unknown('denied') },
    });
    expect(endOf(sameProgramTwice, bindFacts(at, nobody))).toBe('pass');
  });
});

describe('wildcard-overlap', () => {
  const listener = (address: string, v6only: boolean | null = false): Told => ({
    sockets: [listening(70, address, 3000, { v6only: address.includes(':') ? v6only : null })],
    holders: { 70: [4242] },
    processes: [node(4242), shell],
  });

  it.each([
    [
      '0.0.0.0:3000',
      '127.0.0.1',
      '0.0.0.0:3000 takes in 127.0.0.1:3000, on which server.js (pid 4242) listens',
    ],
    [
      '127.0.0.1:3000',
      '0.0.0.0',
      'server.js (pid 4242) listens on 0.0.0.0:3000, which takes in 127.0.0.1:3000',
    ],
    [
      '[::]:3000',
      '0.0.0.0',
      '[::]:3000 takes in 0.0.0.0:3000, on which server.js (pid 4242) listens',
    ],
    [
      '0.0.0.0:3000',
      '::',
      'server.js (pid 4242) listens on [::]:3000, which takes in 0.0.0.0:3000',
    ],
    ['[::1]:3000', '::', 'server.js (pid 4242) listens on [::]:3000, which takes in [::1]:3000'],
  ])('%s meets a listener on %s', (asked, address, title) => {
    const facts = bindFacts(asked, listener(address));
    const finding = findingOf(wildcardOverlap, facts);
    expect(finding.title).toBe(title);
    expect(found(facts)).toEqual(['wildcard-overlap']);
    expect(finding.actions.length).toBeLessThanOrEqual(3);
  });

  it('offers one address in the place of all', () => {
    const [narrower] = findingOf(
      wildcardOverlap,
      bindFacts('[::]:3000', listener('0.0.0.0')),
    ).actions;
    expect(narrower?.label).toContain('IPV6_V6ONLY');
    const [four] = findingOf(
      wildcardOverlap,
      bindFacts('0.0.0.0:3000', listener('127.0.0.1')),
    ).actions;
    expect(four?.label).not.toContain('IPV6_V6ONLY');
  });

  it('tells IPv6 alone apart', () => {
    expect(wildcardOverlap.judge(bindFacts('127.0.0.1:3000', listener('::', true), free))).toEqual({
      result: 'pass',
      fact: 'server.js (pid 4242) has [::]:3000 for IPv6 alone, which leaves 127.0.0.1:3000 free',
    });
    expect(found(bindFacts('127.0.0.1:3000', listener('::', true)))).not.toContain(
      'wildcard-overlap',
    );
    expect(endOf(wildcardOverlap, bindFacts('[::1]:3000', listener('::', true)))).toBe('fail');
  });

  it('says so where IPV6_V6ONLY could not be read', () => {
    const told = listener('::');
    const sockets = [listening(70, '::', 3000, { v6only: unknown('unsupported') })];
    const finding = findingOf(wildcardOverlap, bindFacts('127.0.0.1:3000', { ...told, sockets }));
    expect(finding.evidence.join()).toContain('could not be read');
  });

  it('does not apply to a port alone: which address was asked for is not told', () => {
    const facts = bindFacts('3000', listener('127.0.0.1'));
    expect(endOf(wildcardOverlap, facts)).toBe('not-applicable');
    expect(found(facts)).toEqual(['port-taken']);
  });

  it.each([
    ['127.0.0.1:3000', '127.0.0.2'],
    ['[::1]:3000', '0.0.0.0'],
    ['0.0.0.0:3000', '::1'],
  ])('%s does not meet %s', (asked, address) => {
    expect(found(bindFacts(asked, listener(address), null))).toEqual([]);
  });
});

describe('other-namespace-holds', () => {
  const told: Told = { sockets: [listening(70, '127.0.0.1', 3000, { namespace: 'net:[2]' })] };

  it('says that a listener in another namespace is no obstacle', () => {
    const facts = bindFacts(at, told, free);
    expect(otherNamespaceHolds.judge(facts)).toMatchObject({ result: 'pass' });
    expect(found(facts)).toEqual(['free-now']);
    expect(endOf(otherNamespaceHolds, bindFacts(at))).toBe('not-applicable');
  });
});
