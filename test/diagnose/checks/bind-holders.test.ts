import { describe, expect, it } from 'vitest';
import { inheritedDescriptor } from '../../../src/diagnose/checks/bind/inherited-descriptor.ts';
import { sameProgramTwice } from '../../../src/diagnose/checks/bind/same-program-twice.ts';
import { systemdSocketHolds } from '../../../src/diagnose/checks/bind/systemd-socket-holds.ts';
import { unknown } from '../../../src/model/known.ts';
import { oneProcess } from '../../support/scene.ts';
import {
  bindFacts,
  commandsOf,
  endOf,
  findingOf,
  found,
  held,
  listening,
  messageFrom,
  node,
  projectIn,
  shell,
} from './bind-facts.ts';

const at = '127.0.0.1:3000';

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
    expect(commandsOf(finding)[1]).toBe('kill -TERM 77');
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
