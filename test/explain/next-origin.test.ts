import { describe, expect, test } from 'vitest';
import { originSteps } from '../../src/explain/next-origin.ts';
import type { ContainerReference, Program } from '../../src/model/listener.ts';
import { ownerOf } from './next-facts.ts';

const container: ContainerReference = {
  id: 'c'.repeat(64),
  name: 'shop-db-1',
  image: 'postgres',
  compose: null,
};
const user = '/user.slice/user-1000.slice/user@1000.service';

const steps = (owner: ReturnType<typeof ownerOf>, within: ContainerReference | null = null) => {
  const { look, stop } = originSteps(owner, within);
  return [look?.command ?? null, stop?.command ?? null];
};

describe('looking at and stopping, by origin', () => {
  test('a systemd unit', () => {
    const unit = ownerOf(
      { id: 'systemd-unit', restarts: null },
      { cgroup: '/system.slice/nginx.service' },
    );
    expect(steps(unit)).toEqual([
      'journalctl -u nginx.service -n 50',
      'sudo systemctl stop nginx.service',
    ]);
    const ofUser = ownerOf({ id: 'systemd-unit' }, { cgroup: `${user}/app.slice/sync.service` });
    expect(steps(ofUser)).toEqual([
      'journalctl --user -u sync.service -n 50',
      'systemctl --user stop sync.service',
    ]);
  });

  test('a unit with an escaped name is quoted', () => {
    const unit = ownerOf({ id: 'systemd-unit' }, { cgroup: '/system.slice/a\\x2db.service' });
    expect(steps(unit)[0]).toBe("journalctl -u 'a\\x2db.service' -n 50");
  });

  test('a socket-activated service says that it will come back', () => {
    const owner = ownerOf(
      { id: 'socket-activation', restarts: true },
      { cgroup: '/system.slice/cups.service' },
    );
    expect(originSteps(owner, null).stop?.label).toBe('to stop it, until the next connection');
    expect(steps(owner)[0]).toBe('systemctl status cups.service');
    const init = ownerOf(
      { id: 'socket-activation', restarts: true },
      { pid: 1, cgroup: '/init.scope' },
    );
    expect(steps(init)).toEqual(['systemctl list-sockets', null]);
  });

  test('a container, by its engine', () => {
    const docker = ownerOf({ id: 'docker-compose', label: 'docker compose service db of shop' });
    expect(steps(docker, container)).toEqual([
      'docker logs --tail 50 shop-db-1',
      'docker stop shop-db-1',
    ]);
    const podman = ownerOf({ id: 'container', label: 'podman container shop-db-1' });
    expect(steps(podman, { ...container, name: { unknown: 'denied' } })).toEqual([
      `podman logs --tail 50 ${container.id}`,
      `podman stop ${container.id}`,
    ]);
  });

  test('what runs in a container is never killed from outside', () => {
    expect(steps(ownerOf({ id: 'container', label: 'lxc container web' }), container)).toEqual([
      null,
      null,
    ]);
    expect(
      steps(ownerOf({ id: 'published-port', label: 'published port of container x' }), container),
    ).toEqual([null, null]);
    expect(steps(ownerOf({ id: 'kernel' }))).toEqual([null, null]);
  });

  test('pm2 and supervisord', () => {
    const pm2 = ownerOf({ id: 'pm2', restarts: true }, { env: { pm_id: '3' } });
    expect(steps(pm2)).toEqual(['pm2 logs 3 --lines 50', 'pm2 stop 3']);
    const env = { SUPERVISOR_PROCESS_NAME: 'web_00', SUPERVISOR_GROUP_NAME: 'web' };
    const program = ownerOf({ id: 'supervisord', restarts: true }, { env });
    expect(steps(program)).toEqual([
      'supervisorctl tail web:web_00',
      'supervisorctl stop web:web_00',
    ]);
  });

  test('a name that would be read as an option gives no command', () => {
    const pm2 = ownerOf({ id: 'pm2', restarts: true }, { env: { pm_id: '--all' } });
    expect(steps(pm2)).toEqual([null, null]);
    expect(
      steps(ownerOf({ id: 'container', label: 'docker container x' }), {
        ...container,
        name: '-f',
      }),
    ).toEqual([null, null]);
  });

  test.each([
    ['runsv web', 'sv stop web'],
    ['s6-supervise /run/service/web', 's6-svc -d /run/service/web'],
    ['/command/supervise web', 'svc -d web'],
    ['runsv a b', null],
  ])('%s', (command, stop) => {
    const owner = ownerOf({ id: 'supervise', restarts: true }, {}, [['supervise', command, 9]]);
    expect(steps(owner)).toEqual([null, stop]);
  });

  test('a pane of tmux gets Ctrl-C, on its own server', () => {
    const env = { TMUX_PANE: '%3', TMUX: '/tmp/tmux-1000/default,12,0' };
    const pane = ownerOf({ id: 'package-script' }, { env }, [['tmux', 'tmux', 12]]);
    expect(steps(pane)).toEqual(["tmux attach -t '%3'", "tmux send-keys -t '%3' C-c"]);
    const other = ownerOf({ id: 'tmux' }, { env: { ...env, TMUX: '/run/t,1,0' } }, [
      ['tmux', 'tmux', 12],
    ]);
    expect(steps(other)).toEqual([
      "tmux -S /run/t attach -t '%3'",
      "tmux -S /run/t send-keys -t '%3' C-c",
    ]);
  });

  test('what has left its pane gets a signal', () => {
    const left = ownerOf({ id: 'tmux' }, { env: { TMUX_PANE: '%3' } });
    expect(steps(left)).toEqual([null, 'kill -TERM 4242']);
  });

  test('a watcher is stopped before what it would start again', () => {
    const owner = ownerOf({ id: 'watcher', restarts: true }, {}, [
      ['watcher', 'nodemon server.js', 77],
    ]);
    expect(originSteps(owner, null).stop).toEqual({
      label: 'to stop it: its watcher nodemon first',
      command: 'kill -TERM 77',
    });
  });

  test('workers are stopped by the process that would start them again', () => {
    const worker = ownerOf({ id: 'unknown', restarts: null }, {}, [
      ['', 'node primary', 50],
      ['', 'bash', 40],
    ]);
    expect(originSteps(worker, null, [4242, 50]).stop).toEqual({
      label: 'to stop it: its main process node',
      command: 'kill -TERM 50',
    });
    expect(steps(worker)).toEqual([null, 'kill -TERM 4242']);
  });

  test('a parent that is the same program is its main process, also where its files are hidden', () => {
    const program: Program = {
      id: 'nginx',
      name: 'nginx',
      kind: 'web-server',
      version: null,
      evidence: ['executable /usr/sbin/nginx'],
    };
    const worker = ownerOf({ id: 'unknown' }, {}, [['', 'nginx: master process', 50]]);
    const [self, master] = worker.chain;
    if (self === undefined || master === undefined) throw new Error('the chain has two links');
    const chain = [self, { ...master, name: 'nginx', user: 'root' }];
    expect(steps({ ...worker, program, chain })[1]).toBe('sudo kill -TERM 50');
  });

  test('what something unknown restarts, and pid 1, get no signal', () => {
    expect(steps(ownerOf({ id: 'inetd', restarts: true }))).toEqual([null, null]);
    expect(steps(ownerOf({ id: 'shell' }, { pid: 1 }))).toEqual([null, null]);
  });

  test('a process of root needs root', () => {
    expect(steps(ownerOf({ id: 'shell' }, { uid: 0 }))).toEqual([null, 'sudo kill -TERM 4242']);
  });

  test('cron and screen', () => {
    expect(steps(ownerOf({ id: 'cron', restarts: null }))).toEqual([
      'crontab -l',
      'kill -TERM 4242',
    ]);
    expect(steps(ownerOf({ id: 'screen' }, { env: { STY: '12.work' } }))[0]).toBe(
      'screen -x 12.work',
    );
  });
});
