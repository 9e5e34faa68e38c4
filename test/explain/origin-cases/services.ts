import type { Container } from '../../../src/model/container.ts';
import { factsOf, type Link, systemd, userManager } from '../origin-facts.ts';
import { type Case, node } from './case.ts';

const id = 'a'.repeat(64);
const container: Container = {
  id,
  engine: 'docker',
  name: 'shop-api-1',
  image: 'shop/api',
  compose: null,
  published: [],
  addresses: [],
  pid: 3,
};
const service = (name: string, rest: Partial<Link> = {}): Link => ({
  run: '/usr/sbin/thing',
  cgroup: `/system.slice/${name}`,
  ...rest,
});

const shop = { project: 'shop', service: 'api', workingDirectory: null };
const inherited = { LISTEN_FDS: '1', LISTEN_PID: '77' };

/** What runs a process as a service, and what is left where nobody tells. */
export const serviceCases: readonly Case[] = [
  [
    'kernel',
    'the kernel',
    null,
    0,
    factsOf([{ run: '', comm: 'nfsd', kernelThread: true, ppid: 2 }]),
  ],
  [
    'homeport',
    'homeport service api',
    null,
    1,
    factsOf([
      { ...node, env: { HOMEPORT_SERVICE: 'api' } },
      { run: 'node /opt/homeport/bin/homeport.js run api -- node server.js' },
    ]),
  ],
  ['homeport', 'homeport run', null, 1, factsOf([node, { run: 'homeport run api' }])],
  [
    'homeport',
    'homeport itself',
    null,
    0,
    factsOf([{ run: 'node /opt/homeport/bin/homeport.js daemon' }]),
  ],
  [
    'published-port',
    'published port of container shop-api-1',
    null,
    0,
    factsOf(
      [{ run: '/usr/bin/docker-proxy -proto tcp -host-port 8080' }, { run: '/usr/bin/dockerd' }],
      { container },
    ),
  ],
  ['published-port', 'published port of container', null, 0, factsOf([{ run: 'rootlessport' }])],
  [
    'docker-compose',
    'docker compose service api of shop',
    null,
    0,
    factsOf([node], {
      container: {
        ...container,
        compose: shop,
      },
    }),
  ],
  [
    'docker-compose',
    'podman compose service api of shop',
    null,
    0,
    factsOf([node], {
      container: {
        ...container,
        engine: 'podman',
        compose: shop,
      },
    }),
  ],
  [
    'kubernetes',
    'kubernetes container aaaaaaaaaaaa',
    null,
    0,
    factsOf([
      {
        ...node,
        cgroup: `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-${id}.scope`,
      },
    ]),
  ],
  [
    'kubernetes',
    'kubernetes container web',
    null,
    0,
    factsOf([node], { container: { ...container, engine: 'kubernetes', name: 'web' } }),
  ],
  ['container', 'docker container shop-api-1', null, 0, factsOf([node], { container })],
  [
    'container',
    'docker container aaaaaaaaaaaa',
    null,
    0,
    factsOf([node], { container: { ...container, name: { unknown: 'denied' } } }),
  ],
  [
    'container',
    'podman container aaaaaaaaaaaa',
    null,
    1,
    factsOf([
      { ...node, cgroup: `/user.slice/libpod-${id}.scope` },
      { run: 'sh -c x', cgroup: `/user.slice/libpod-${id}.scope/a` },
      { run: 'conmon' },
    ]),
  ],
  [
    'socket-activation',
    'systemd socket activation of cups.service',
    true,
    0,
    factsOf([service('cups.service'), systemd], { socketHeldByInit: true }),
  ],
  [
    'socket-activation',
    'systemd socket activation of cups.service',
    true,
    0,
    factsOf([service('cups.service', { pid: 77, env: inherited }), systemd]),
  ],
  [
    'socket-activation',
    'systemd socket activation of web.service',
    true,
    1,
    factsOf([
      service('web.service', { pid: 78, env: inherited }),
      service('web.service', { pid: 77, env: inherited }),
      systemd,
    ]),
  ],
  [
    'socket-activation',
    'systemd socket unit, its service starts with the first connection',
    true,
    0,
    factsOf([systemd], { socketHeldByInit: true }),
  ],
  [
    'pm2',
    'pm2 process 3',
    true,
    1,
    factsOf([
      { ...node, env: { pm_id: '3' } },
      { run: ['PM2 v5.3.0: God Daemon (/home/ann/.pm2)'] },
    ]),
  ],
  [
    'pm2',
    'pm2',
    true,
    1,
    factsOf([node, { run: 'node /usr/lib/node_modules/pm2/bin/pm2-runtime app.js' }]),
  ],
  [
    'supervisord',
    'supervisord program web',
    true,
    1,
    factsOf([
      { ...node, env: { SUPERVISOR_PROCESS_NAME: 'web' } },
      { run: '/usr/bin/python3 /usr/bin/supervisord -n' },
    ]),
  ],
  [
    'supervisord',
    'supervisord',
    true,
    1,
    factsOf([node, { run: '/usr/bin/python3 /usr/bin/supervisord -n' }]),
  ],
  ['supervise', 'runit service web', true, 1, factsOf([node, { run: 'runsv web' }])],
  [
    'supervise',
    's6 service web',
    true,
    1,
    factsOf([node, { run: 's6-supervise /run/service/web' }]),
  ],
  ['supervise', 'daemontools service web', true, 1, factsOf([node, { run: 'supervise web' }])],
  [
    'cron',
    'cron job',
    null,
    2,
    factsOf([
      node,
      { run: '/bin/sh -c x' },
      { run: '/usr/sbin/CRON -f', cgroup: '/system.slice/cron.service' },
    ]),
  ],
  ['at-job', 'at job', false, 2, factsOf([node, { run: 'sh' }, { run: '/usr/sbin/atd -f' }])],
  ['at-job', 'anacron job', null, 1, factsOf([node, { run: '/usr/sbin/anacron -d' }])],
  [
    'inetd',
    'xinetd service',
    true,
    1,
    factsOf([{ run: 'in.ftpd' }, { run: '/usr/sbin/xinetd -stayalive' }]),
  ],
  [
    'init-script',
    'init script postgresql',
    null,
    1,
    factsOf([node, { run: '/bin/sh /etc/init.d/postgresql start' }]),
  ],
  [
    'init-script',
    'init script web',
    true,
    1,
    factsOf([node, { run: '/sbin/supervise-daemon web --start' }]),
  ],
  ['init-script', 'init script web', null, 0, factsOf([{ ...node, cgroup: '/openrc.web' }])],
  [
    'systemd-unit',
    'systemd unit nginx.service',
    null,
    1,
    factsOf([service('nginx.service'), service('nginx.service'), systemd]),
  ],
  [
    'systemd-unit',
    'systemd user unit syncthing.service',
    null,
    0,
    factsOf([
      {
        run: '/usr/bin/syncthing',
        cgroup: '/user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service',
      },
      userManager,
      systemd,
    ]),
  ],
  [
    'entered',
    'somebody outside of this container (docker exec or the like)',
    false,
    1,
    factsOf([node, { run: 'bash', ppid: 0, cgroup: '/' }]),
  ],
  ['orphan', 'a parent that has ended', false, 0, factsOf([node, systemd])],
  [
    'orphan',
    'nodeish, whose parent has ended',
    false,
    1,
    factsOf([node, { run: 'nodeish' }, userManager]),
  ],
  [
    'entrypoint',
    'the kernel or a container engine, as the first process',
    null,
    0,
    factsOf([{ ...node, pid: 1, cgroup: '/' }]),
  ],
];
