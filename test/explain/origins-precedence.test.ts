import { describe, expect, test } from 'vitest';
import { detectOrigin, originKey } from '../../src/explain/detect-origin.ts';
import type { OriginDetector } from '../../src/explain/origin.ts';
import { bash, node } from './origin-cases/case.ts';
import { factsOf, type Link, systemd, userManager } from './origin-facts.ts';

const origin = (links: readonly Link[]) => detectOrigin(factsOf(links)).origin;
const hex = 'c'.repeat(64);

describe('what runs a process is told from what it lies under', () => {
  test('a terminal program is no systemd service because its session lies under one', () => {
    const cgroup =
      '/user.slice/user-1000.slice/user@1000.service/app.slice/gnome-terminal-server.service';
    const { id, label } = origin([
      { ...node, cgroup, tty: 34816 },
      { ...bash, cgroup },
      { run: '/usr/libexec/gnome-terminal-server', cgroup },
      userManager,
      systemd,
    ]);
    expect([id, label]).toEqual(['terminal', 'terminal (GNOME Terminal)']);
  });

  test('a login session is no unit', () => {
    const { id } = origin([node, bash, { run: ['sshd: ann@pts/0'] }, systemd]);
    expect(id).toBe('ssh');
  });

  test('a login without a scope of its own is not the unit ssh.service', () => {
    const cgroup = '/system.slice/ssh.service';
    const { id } = origin([
      { ...node, cgroup },
      { ...bash, cgroup },
      { run: ['sshd: ann@pts/0'], cgroup },
      { run: ['sshd: /usr/sbin/sshd -D [listener]'], cgroup },
      systemd,
    ]);
    expect(id).toBe('ssh');
  });

  test('the ssh server itself is the unit', () => {
    const server = {
      run: ['sshd: /usr/sbin/sshd -D [listener]'],
      cgroup: '/system.slice/ssh.service',
    };
    expect(origin([server, systemd]).label).toBe('systemd unit ssh.service');
  });

  test('pm2, supervisord and cron stand before the unit that runs them', () => {
    const inside = (cgroup: string, run: Link['run']) =>
      origin([{ ...node, cgroup }, { run, cgroup }, systemd]).id;
    expect(inside('/system.slice/pm2-root.service', ['PM2 v5: God Daemon (/root/.pm2)'])).toBe(
      'pm2',
    );
    expect(inside('/system.slice/supervisor.service', 'python3 /usr/bin/supervisord')).toBe(
      'supervisord',
    );
    expect(inside('/system.slice/cron.service', '/usr/sbin/CRON -f')).toBe('cron');
  });

  test('a supervisor above a login keeps the login running, not what was started in it', () => {
    const { id } = origin([node, bash, { run: ['sshd: ann@pts/0'] }, { run: 'runsv sshd' }]);
    expect(id).toBe('ssh');
  });

  test('an npm script of a unit is the unit, with the script on the chain', () => {
    const cgroup = '/system.slice/web.service';
    const reading = detectOrigin(
      factsOf([{ ...node, cgroup }, { run: ['npm run start'], cgroup }, systemd]),
    );
    expect(reading.origin.label).toBe('systemd unit web.service');
    expect(reading.origin.evidence).toContain('also: npm script start');
  });

  test('docker.service and containerd.service are units, not containers', () => {
    const dockerd = { run: '/usr/bin/dockerd -H fd://', cgroup: '/system.slice/docker.service' };
    expect(origin([dockerd, systemd])).toMatchObject({ id: 'systemd-unit' });
    expect(origin([{ ...node, cgroup: `/system.slice/docker-${hex}.scope` }]).id).toBe('container');
  });

  test('a container entrypoint and its children are not called orphans', () => {
    const cgroup = `/docker/${hex}`;
    const entry: Link = { run: 'sh /entry.sh', pid: 1, cgroup, session: 1 };
    expect(origin([{ ...node, cgroup, session: 1 }, entry]).id).toBe('container');
    const hidden = origin([
      { ...node, cgroup: '/', session: 1 },
      { run: 'entry', pid: 1, cgroup: '/', session: 1 },
    ]);
    expect(hidden.id).toBe('unknown');
    expect(hidden.evidence).toContain('whether that one started or adopted it is not told');
  });

  test('a unit with parent 1 is not called an orphan', () => {
    expect(origin([{ ...node, cgroup: '/system.slice/web.service' }, systemd]).id).toBe(
      'systemd-unit',
    );
  });

  test('a child of pid 1 in a session that another process began has lost its parent', () => {
    const { label, evidence } = origin([
      { ...node, cgroup: '/', session: 50 },
      { run: 'entry', pid: 1, cgroup: '/', session: 1 },
    ]);
    expect(label).toBe('a parent that has ended');
    expect(evidence[0]).toBe(
      'its parent has ended: its session was begun by process 50, which is not among its ancestors',
    );
  });

  test('a server that let go of its parent on purpose is no orphan', () => {
    const inTmux = origin([node, bash, { run: 'tmux new' }, systemd]);
    expect(inTmux.id).toBe('tmux');
    expect(inTmux.evidence.filter((line) => line.includes('ended'))).toEqual([]);
  });

  test('an npm script whose terminal was closed says so', () => {
    const { id, evidence } = origin([node, { run: ['npm run dev'] }, userManager, systemd]);
    expect(id).toBe('package-script');
    expect(evidence).toContain('also: npm run dev, whose parent has ended');
  });

  test('what pid 1 adopted while it sleeps has lost its parent', () => {
    const { id } = origin([
      { ...node, cgroup: '/' },
      { run: 'sleep infinity', pid: 1, cgroup: '/' },
    ]);
    expect(id).toBe('orphan');
  });
});

describe('variables that came down through a session', () => {
  test('do not make a person at tmux an agent, and are told beside it', () => {
    const env = { CLAUDECODE: '1' };
    const { id, evidence } = origin([
      { ...node, env },
      { ...bash, env },
      { run: 'tmux new -d', env },
    ]);
    expect(id).toBe('tmux');
    expect(evidence.join('\n')).toContain(
      "tmux itself was started from an AI agent's shell (Claude Code)",
    );
  });

  test('SSH_CONNECTION of an editor is not an ssh session', () => {
    const env = { SSH_CONNECTION: '10.0.0.7 1 10.0.0.1 22' };
    expect(
      origin([
        { ...node, env },
        { ...bash, env },
        { run: 'emacs', env },
      ]).id,
    ).toBe('editor');
  });

  test('that people set themselves are no agent', () => {
    expect(
      origin([{ ...node, env: { AIDER_MODEL: 'x', AGENT: 'jenkins', CURSOR_TRACE_ID: '1' } }, bash])
        .id,
    ).toBe('shell');
  });

  test('LISTEN_PID of another process, or without a unit, is no activation', () => {
    const cgroup = '/system.slice/web.service';
    expect(
      origin([{ ...node, pid: 9, cgroup, env: { LISTEN_PID: '8', LISTEN_FDS: '1' } }, systemd]).id,
    ).toBe('systemd-unit');
    expect(origin([{ ...node, pid: 9, env: { LISTEN_PID: '9', LISTEN_FDS: '1' } }, bash]).id).toBe(
      'shell',
    );
  });

  test('INVOCATION_ID is no unit', () => {
    expect(origin([{ ...node, env: { INVOCATION_ID: 'x' } }, bash, { run: 'kitty' }]).id).toBe(
      'terminal',
    );
  });
});

describe('detectOrigin', () => {
  const npmInTmux = factsOf([
    { ...node, env: { TMUX_PANE: '%3', npm_lifecycle_event: 'dev' } },
    { run: 'sh -c x', env: { npm_lifecycle_event: 'dev' } },
    { run: ['npm run dev'] },
    bash,
    { run: 'tmux' },
    systemd,
  ]);

  test('names the nearest cause and marks every process that tells one', () => {
    const { origin: found, links } = detectOrigin(npmInTmux);
    expect(found.label).toBe('npm script dev');
    expect(links.map(({ at, id }) => [at, id])).toEqual([
      [2, 'package-script'],
      [3, 'shell'],
      [4, 'tmux'],
    ]);
    expect(found.evidence).toContain('also: tmux pane %3');
  });

  test("says that an agent's server restarts where a watcher lies between", () => {
    const found = origin([
      node,
      { run: 'node nodemon server.js' },
      { run: 'bash -c x' },
      { run: 'claude' },
    ]);
    expect(found).toMatchObject({ id: 'ai-agent', restarts: true });
    expect(found.evidence).toContain('also: watcher nodemon');
  });

  test('reports a detector that throws and goes on', () => {
    const broken: OriginDetector = {
      id: 'broken',
      detect: () => {
        throw new Error('boom');
      },
    };
    const fine: OriginDetector = {
      id: 'fine',
      detect: () => ({ label: 'fine', evidence: ['x'], restarts: null, at: 0 }),
    };
    const reading = detectOrigin(npmInTmux, [broken, fine]);
    expect(reading.origin.id).toBe('fine');
    expect(reading.problems).toEqual([
      {
        id: 'origin-detector-failed',
        reason: 'failed',
        detail: 'origin detector broken failed: boom',
      },
    ]);
  });

  test('says what it could not look at', () => {
    const facts = factsOf([{ ...node, cgroup: { unknown: 'denied' } }]);
    expect(detectOrigin(facts).origin).toMatchObject({
      id: 'unknown',
      evidence: ['its parent could not be seen', 'could not check the cgroup: denied'],
    });
  });

  test('gives workers of one parent one key, and the same verdict', () => {
    const worker = (pid: number, env = {}) =>
      factsOf([{ ...node, pid, env }, { run: 'node nodemon server.js', pid: 7 }, bash]);
    expect(originKey(worker(20))).toBe(originKey(worker(21)));
    expect(detectOrigin(worker(20))).toEqual(detectOrigin(worker(21)));
    const other = worker(22, { TMUX_PANE: '%1' });
    expect(originKey(other)).not.toBe(originKey(worker(20)));
    const listen = { LISTEN_FDS: '1', LISTEN_PID: '20' };
    expect(originKey(worker(20, listen))).not.toBe(originKey(worker(21, listen)));
  });
});
