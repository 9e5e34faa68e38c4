import { describe, expect, test } from 'vitest';
import { unknown } from '../../../src/model/known.ts';
import { planToFree } from '../../../src/ports/freeing/plan-to-free.ts';
import { listenerOf } from '../../explain/next-facts.ts';
import { processOf, type Link } from '../../explain/origin-facts.ts';
import { containerOf, factsOf, holderOf, type Why } from './freeing-facts.ts';

const steps = (...made: Parameters<typeof factsOf>) =>
  planToFree(factsOf(...made)).steps.map(({ verb, target, pid }) => [verb, target, pid]);

const server: Link = { run: 'node server.js', pid: 100 };

describe('the right way', () => {
  test('nobody knows why it runs: itself', () => {
    expect(steps(holderOf([server]))).toEqual([['signal', 'node', 100]]);
  });

  test('a unit is stopped by systemd, its sockets first, and the timer stays', () => {
    const held = holderOf(
      [{ ...server, cgroup: '/system.slice/web.service' }],
      [['systemd-unit', 0]],
    );
    const units = {
      'web.service': { restart: 'always', triggeredBy: ['web.socket', 'web.timer'] },
    };
    const plan = planToFree(factsOf(held, { units }));
    expect(plan.steps).toMatchObject([
      {
        verb: 'systemctl-stop',
        target: 'web.socket web.service',
        command: 'sudo systemctl stop web.socket web.service',
        action: { tool: 'systemctl', words: ['stop', 'web.socket', 'web.service'] },
      },
    ]);
    expect(plan.restartedBy).toMatchObject({ id: 'systemd-socket', stopped: true });
    expect(plan.refusals).toEqual([]);
  });

  test("a user's unit, by the user's manager; root names whose", () => {
    const cgroup = '/user.slice/user-1000.slice/user@1000.service/app.slice/sync.service';
    const held = holderOf([{ ...server, cgroup }], [['systemd-unit', 0]]);
    expect(planToFree(factsOf(held)).steps).toMatchObject([
      { action: { words: ['--user', 'stop', 'sync.service'] } },
    ]);
    const asRoot = { self: { pid: 9000, ancestors: [], uids: [0, 1000] } };
    expect(planToFree(factsOf(held, asRoot)).steps).toMatchObject([
      { action: { words: ['--machine=ann@.host', '--user', 'stop', 'sync.service'] } },
    ]);
  });

  test('a socket unit that has started nothing yet: systemd, and pid 1 is not signalled', () => {
    const held = holderOf([{ run: '/sbin/init', pid: 1, ppid: 0, comm: 'systemd' }], [], {
      socketUnit: { name: 'web.socket', service: null, user: false },
    });
    const plan = planToFree(factsOf(held));
    expect(plan.steps).toMatchObject([{ verb: 'systemctl-stop', target: 'web.socket', pid: null }]);
    expect(plan.refusals).toEqual([]);
  });

  test('a unit whose name would be an option is not given to a command', () => {
    const held = holderOf(
      [{ ...server, cgroup: '/system.slice/-x.service' }],
      [['systemd-unit', 0]],
    );
    expect(steps(held)).toEqual([['signal', 'node', 100]]);
  });

  test('a container, by its engine; its policy is told', () => {
    const held = holderOf([server], [['docker-compose', 0, 'docker compose service db of shop']], {
      container: containerOf({
        compose: { project: 'shop', service: 'db', workingDirectory: null },
      }),
    });
    const restartPolicies = { ['c'.repeat(64)]: 'always' };
    const plan = planToFree(factsOf(held, { restartPolicies }));
    expect(plan.steps).toMatchObject([
      { verb: 'container-stop', target: 'shop-db-1', pid: 77, command: 'docker stop shop-db-1' },
    ]);
    expect(plan.restartedBy?.label).toContain('restart policy always');
    expect(plan.left.join()).toContain('the other services of the Compose project shop go on');
  });

  test('a container that publishes the port without a proxy', () => {
    const nobody = { listeners: [], holders: [], published: [containerOf()] };
    const plan = planToFree(factsOf(holderOf([server]), nobody));
    expect(plan).toMatchObject({ state: 'held', steps: [{ verb: 'container-stop' }] });
  });

  test('the container that Homeport itself runs in is none', () => {
    const id = 'c'.repeat(64);
    const cgroup = `/docker/${id}`;
    const held = holderOf([{ ...server, cgroup }], [['container', 0]], {
      container: containerOf(),
    });
    const own = processOf({ run: 'homeport free', pid: 9000, cgroup });
    const facts = factsOf(held, { processes: [...held.processes, own] });
    expect(planToFree(facts).steps).toMatchObject([{ verb: 'signal', pid: 100 }]);
  });

  test.each<[string, Link['env'], Why, string]>([
    ['pm2', { pm_id: '3' }, ['pm2', 1], 'pm2 stop 3'],
    [
      'supervisord, its group named',
      { SUPERVISOR_PROCESS_NAME: 'w1', SUPERVISOR_GROUP_NAME: 'web' },
      ['supervisord', 1],
      'supervisorctl -c /etc/s.conf stop web:w1',
    ],
    ['runit', {}, ['supervise', 2], 'sv stop web'],
  ])('%s', (_, env = {}, why, command) => {
    const held = holderOf(
      [
        { ...server, env },
        { run: 'supervisord -c /etc/s.conf', pid: 50 },
        { run: 'runsv web', pid: 40 },
      ],
      [why],
    );
    const plan = planToFree(factsOf(held));
    expect(plan.steps.map((step) => step.command)).toEqual([command]);
    expect(plan.restartedBy).toMatchObject({ id: why[0], stopped: true });
  });

  test('a package script with a watcher below it, all of it', () => {
    const held = holderOf(
      [
        { ...server, pid: 103, session: 50 },
        { run: 'nodemon server.js', pid: 102, session: 50 },
        { run: 'npm run dev', pid: 101, session: 50 },
        { run: 'bash', pid: 50, session: 50, tty: 1 },
      ],
      [
        ['watcher', 1, 'watcher nodemon'],
        ['package-script', 2, 'npm script dev'],
      ],
    );
    expect(steps(held)).toEqual([
      ['end-parent', 'npm script dev', 101],
      ['signal', 'nodemon', 102],
      ['signal', 'node', 103],
    ]);
  });

  test('a package script that an agent has started ends at the script', () => {
    const held = holderOf(
      [
        { ...server, pid: 103 },
        { run: 'npm run dev', pid: 101 },
        { run: 'claude', pid: 60 },
      ],
      [
        ['ai-agent', 2],
        ['package-script', 1, 'npm script dev'],
      ],
    );
    expect(steps(held)[0]).toEqual(['end-parent', 'npm script dev', 101]);
  });

  test('what runs several servers side by side stays', () => {
    const held = holderOf(
      [
        { ...server, pid: 103 },
        { run: 'concurrently a b', pid: 102 },
        { run: 'npm run dev', pid: 101 },
      ],
      [
        ['process-runner', 1],
        ['package-script', 2],
      ],
    );
    expect(steps(held)).toEqual([['signal', 'node', 103]]);
  });

  test('its parent, where that is asked for; never the shell that a person types into', () => {
    const loop = holderOf([
      { ...server, pid: 103, session: 50 },
      { run: 'sh loop.sh', pid: 101, session: 50 },
      { run: 'bash', pid: 50, session: 50, tty: 1 },
    ]);
    expect(steps(loop)).toEqual([['signal', 'node', 103]]);
    expect(steps(loop, { withParent: true })[0]).toEqual(['end-parent', 'sh', 101]);
    const typed = holderOf([
      { ...server, pid: 103, session: 50 },
      { run: 'bash', pid: 50, session: 50, tty: 1 },
    ]);
    expect(steps(typed, { withParent: true })).toEqual([['signal', 'node', 103]]);
  });

  test('the main process of workers', () => {
    const held = holderOf([
      { run: 'gunicorn app', pid: 103 },
      { run: 'gunicorn app', pid: 101 },
    ]);
    const program = {
      ...held.holder.program,
      id: 'gunicorn',
      kind: 'web-server',
      name: 'gunicorn',
    } as const;
    const chain = held.holder.chain.map((link) => ({ ...link, name: 'gunicorn' }));
    const holder = { ...held.holder, program, chain: chain.slice(0, 2) };
    expect(steps({ ...held, holder })[0]).toEqual(['signal', 'gunicorn', 101]);
  });

  test('PostgreSQL is asked by SIGINT: at SIGTERM it waits for its clients', () => {
    const held = holderOf([{ run: 'postgres -D /d', pid: 100 }]);
    const program = { ...held.holder.program, id: 'postgres' };
    const facts = factsOf({ ...held, holder: { ...held.holder, program } });
    expect(planToFree(facts).steps).toMatchObject([{ action: { signal: 'SIGINT' } }]);
  });
});

describe('who is ended with it', () => {
  const child = (pid: number, rest: Partial<Link> = {}) =>
    processOf({ run: `child ${pid}`, pid, ppid: 100, startTicks: 200, session: 100, ...rest });
  const withOthers = (...others: readonly ReturnType<typeof child>[]) => {
    const held = holderOf([{ ...server, session: 100 }]);
    return planToFree(factsOf(held, { processes: [...held.processes, ...others] }));
  };

  test('descendants of its session, not those with a session of their own', () => {
    const plan = withOthers(child(201), child(202, { ppid: 201 }), child(203, { session: 203 }));
    expect(plan.steps.map(({ pid }) => pid)).toEqual([100, 201, 202]);
    expect(plan.left.join()).toContain('pid 203 (child 203) has a session of its own and goes on');
  });

  test('never a process that is older than its parent: that pid was reused', () => {
    expect(withOthers(child(201, { startTicks: 50 })).steps.map(({ pid }) => pid)).toEqual([100]);
  });

  test('never everything below init, and never Homeport itself', () => {
    const init = holderOf([{ run: '/sbin/init', pid: 1, ppid: 0, session: 1 }]);
    const others = [child(201, { ppid: 1, session: 1 })];
    expect(steps(init, { processes: [...init.processes, ...others], force: true })).toHaveLength(1);
    expect(withOthers(child(9000)).steps.map(({ pid }) => pid)).toEqual([100]);
  });

  test('never a zombie', () => {
    expect(withOthers(child(201, { state: 'Z' })).steps).toHaveLength(1);
  });
});

describe('what else is told', () => {
  test('nobody listens', () => {
    const plan = planToFree(factsOf(holderOf([server]), { listeners: [], holders: [] }));
    expect(plan).toMatchObject({ state: 'free', steps: [], owners: [], refusals: [] });
  });

  test('somebody who may not be seen', () => {
    const listeners = [listenerOf({ owners: unknown('denied', 'held by a process of root') })];
    const plan = planToFree(factsOf(holderOf([server]), { listeners, holders: [] }));
    expect(plan).toMatchObject({ state: 'hidden', steps: [] });
    expect(plan.left[0]).toContain('held by a process of root');
  });

  test('what it serves besides', () => {
    const owners = [
      { pid: 100, startedAt: '', name: 'node', role: 'accepts', evidence: [] },
    ] as const;
    const own = listenerOf({ owners });
    const other = listenerOf({ port: 9229, owners });
    const held = holderOf([server], [], { listeners: [own] });
    const plan = planToFree(factsOf(held, { allListeners: [own, other] }));
    expect(plan.owners).toMatchObject([
      { holds: ['127.0.0.1:3000'], alsoServes: ['127.0.0.1:9229'] },
    ]);
  });

  test('UDP on the same number is another port', () => {
    const datagrams = [listenerOf({ transport: 'udp' })];
    const plan = planToFree(factsOf(holderOf([server]), { datagrams }));
    expect(plan.left[0]).toContain('homeport free udp://127.0.0.1:3000');
  });

  test('a restart that no step stops', () => {
    const held = holderOf([server], [['cron', 0]]);
    const origin = { ...held.holder.origin, restarts: true };
    const plan = planToFree(factsOf({ ...held, holder: { ...held.holder, origin } }));
    expect(plan.restartedBy).toMatchObject({ id: 'cron', stopped: false });
  });
});
