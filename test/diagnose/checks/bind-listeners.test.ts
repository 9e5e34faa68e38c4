import { describe, expect, it } from 'vitest';
import { otherNamespaceHolds } from '../../../src/diagnose/checks/bind/other-namespace-holds.ts';
import { portTaken } from '../../../src/diagnose/checks/bind/port-taken.ts';
import { wildcardOverlap } from '../../../src/diagnose/checks/bind/wildcard-overlap.ts';
import { unknown } from '../../../src/model/known.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import { oneProcess } from '../../support/scene.ts';
import {
  bindFacts,
  commandsOf,
  endOf,
  findingOf,
  found,
  free,
  held,
  listening,
  node,
  shell,
} from './bind-facts.ts';

const at = '127.0.0.1:3000';

describe('port-taken', () => {
  it('names the program, its process and how to end it', () => {
    const facts = bindFacts(at, held([[4242]], [node(4242), shell]));
    const finding = findingOf(portTaken, facts);
    expect(finding.title).toBe('server.js (pid 4242) already listens on 127.0.0.1:3000');
    expect(finding.evidence.join('\n')).toMatch(/^it runs since \d\d:00:00$/m);
    expect(finding.evidence).toContain('binding 127.0.0.1:3000 fails with EADDRINUSE now');
    expect(commandsOf(finding)).toEqual([
      'homeport free 127.0.0.1:3000',
      'kill -TERM 4242',
      'homeport explain pid:4242',
      null,
    ]);
    expect(finding.actions[3]?.label).toContain('nothing listens on 3001');
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
    expect(finding.actions[1]).toMatchObject({
      command: 'sudo homeport explain 127.0.0.1:3000',
      needsRoot: true,
    });
  });

  it('stops a service by systemd, and not by a signal', () => {
    const cgroup = '/system.slice/web.service';
    const facts = bindFacts(at, held([[4242]], [node(4242, 1, { cgroup })]));
    expect(findingOf(portTaken, facts).actions[1]).toMatchObject({
      command: 'sudo systemctl stop web.service',
      needsRoot: true,
    });
    const user = '/user.slice/user-1000.slice/user@1000.service/app.slice/web.service';
    const own = bindFacts(at, held([[4242]], [node(4242, 1, { cgroup: user })]));
    expect(commandsOf(findingOf(portTaken, own))[1]).toBe('systemctl --user stop web.service');
  });

  it('stops what pm2 runs by pm2', () => {
    const daemon = oneProcess(800, 1, {
      comm: 'PM2 v5.4.2: God',
      argv: ['PM2 v5.4.2: God Daemon (/root/.pm2)'],
    });
    const worker = node(4242, 800, { environment: { pm_id: '3', PM2_HOME: '/root/.pm2' } });
    const facts = bindFacts(at, held([[4242]], [worker, daemon]));
    expect(commandsOf(findingOf(portTaken, facts))[1]).toBe('pm2 stop 3');
  });

  it('ends the watcher of what a watcher starts again', () => {
    const nodemon = oneProcess(901, 900, {
      comm: 'node',
      argv: ['node', '/bin/nodemon', 'server.js'],
    });
    const facts = bindFacts(at, held([[4242]], [node(4242, 901), nodemon, shell]));
    expect(commandsOf(findingOf(portTaken, facts))[1]).toBe('kill -TERM 901');
  });

  it('ends the process that starts the workers', () => {
    const facts = bindFacts(at, held([[4242, 4243]], [node(4242), node(4243, 4242), shell]));
    expect(commandsOf(findingOf(portTaken, facts))[1]).toBe('kill -TERM 4242');
  });

  it('names every program that shares the port by SO_REUSEPORT, and ends them all', () => {
    const other = oneProcess(4243, 900, { comm: 'api', uid: 33 });
    const facts = bindFacts(at, held([[4242], [4243]], [node(4242), other, shell]));
    const finding = findingOf(portTaken, facts);
    expect(finding.title).toBe(
      'server.js (pid 4242) and api (pid 4243) already listen on 127.0.0.1:3000',
    );
    expect(finding.evidence.join()).toContain('2 sockets share the port');
    expect(finding.actions[0]).toMatchObject({
      command: 'sudo kill -TERM 4242 4243',
      label: 'end both, which share the port, if they are not needed any more',
      needsRoot: true,
    });
  });

  it('counts those that are too many to name', () => {
    const pids = [4242, 4243, 4244, 4245, 4246, 4247];
    const told = held(
      pids.map((pid) => [pid]),
      [...pids.map((pid) => node(pid)), shell],
    );
    const finding = findingOf(portTaken, bindFacts(at, told));
    expect(finding.title).toMatch(/\(pid 4245\) and 2 more already listen on/);
    expect(commandsOf(finding)[1]).toBe('kill -TERM 4242 4243 4244 4245 4246 4247');
  });

  it('names all that a port alone meets, a server of both families once', () => {
    const both = held([[4242], [4242]], [node(4242), shell], {}, ['127.0.0.1', '::1']);
    expect(findingOf(portTaken, bindFacts('3000', both)).title).toBe(
      'server.js (pid 4242) already listens on 127.0.0.1:3000 and [::1]:3000',
    );
    const two = held(
      [[4242], [77]],
      [node(4242), oneProcess(77, 900, { comm: 'api' }), shell],
      {},
      ['127.0.0.1', '::1'],
    );
    const finding = findingOf(portTaken, bindFacts('3000', two));
    expect(finding.title).toBe(
      'server.js (pid 4242) already listens on 127.0.0.1:3000, and api (pid 77) on [::1]:3000',
    );
    expect(commandsOf(finding)).toEqual([
      "homeport free 127.0.0.1:3000 '[::1]:3000'",
      'kill -TERM 4242',
      'kill -TERM 77',
      null,
    ]);
  });

  it('stands aside where nobody listens there', () => {
    const elsewhere = held([[4242]], [node(4242), shell], {}, ['127.0.0.2']);
    expect(endOf(portTaken, bindFacts(at, elsewhere, free))).toBe('pass');
    const udp = held([[4242]], [node(4242)], {
      sockets: [listening(70, '127.0.0.1', 3000, { transport: 'udp', state: 'close' })],
    });
    expect(endOf(portTaken, bindFacts(at, udp, free))).toBe('pass');
    expect(findingOf(portTaken, bindFacts('udp://127.0.0.1:3000', udp)).title).toBe(
      'server.js (pid 4242) already listens on 127.0.0.1:3000 (UDP)',
    );
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
