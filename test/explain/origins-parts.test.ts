import { describe, expect, test } from 'vitest';
import { agentOfEnvironment } from '../../src/explain/agent-variables.ts';
import {
  ancestorEvidence,
  inheritedVariable,
  isInteractiveShell,
  launchOf,
} from '../../src/explain/origin-match.ts';
import { desktopUnitOf, systemdUnitOf, unescapeUnit } from '../../src/model/systemd-unit.ts';
import { originVariables } from '../../src/model/process.ts';
import { factsOf } from './origin-facts.ts';

const user = '/user.slice/user-1000.slice/user@1000.service';

describe('systemdUnitOf', () => {
  test.each([
    ['/system.slice/nginx.service', 'nginx.service', false],
    [
      '/system.slice/system-postgresql.slice/postgresql@15-main.service',
      'postgresql@15-main.service',
      false,
    ],
    ['/system.slice/foo.service/delegated', 'foo.service', false],
    [`${user}/app.slice/syncthing.service`, 'syncthing.service', true],
    [`${user}/init.scope`, 'user@1000.service', false],
    [
      `${user}/session.slice/org.gnome.Shell@wayland.service`,
      'org.gnome.Shell@wayland.service',
      true,
    ],
  ])('%s', (cgroup, name, ofUser) => {
    expect(systemdUnitOf(cgroup)).toMatchObject({ name, user: ofUser });
  });

  test.each([
    '/',
    '',
    '/user.slice/user-1000.slice/session-3.scope',
    `${user}/app.slice/app-gnome-code-12.scope`,
    `${user}/app.slice/app-org.gnome.Evolution@autostart.service`,
    `${user}/tmux-spawn-1.scope`,
    '/docker/abc',
    '/machine.slice/libpod-1.scope',
  ])('%s is no service', (cgroup) => {
    expect(systemdUnitOf(cgroup)).toBeNull();
  });

  test('tells an instance and its template', () => {
    const unit = systemdUnitOf('/system.slice/system-getty.slice/getty@tty1.service');
    expect(unit).toMatchObject({ instance: 'tty1', template: 'getty@.service' });
    expect(systemdUnitOf('/system.slice/a.service')).toMatchObject({
      instance: null,
      template: null,
    });
  });
});

describe('desktopUnitOf', () => {
  test.each([
    [`${user}/app.slice/app-gnome-org.mozilla.firefox-99.scope`, 'org.mozilla.firefox'],
    [`${user}/app.slice/app-org.kde.konsole-0f3a.scope`, 'org.kde.konsole'],
    [
      `${user}/app.slice/app-flatpak-com.visualstudio.code\\x2doss-1.scope`,
      'com.visualstudio.code-oss',
    ],
    [`${user}/app.slice/app-org.gnome.Evolution@autostart.service`, 'org.gnome.Evolution'],
    [`${user}/app.slice/snap.firefox.firefox-1-2-3.scope`, 'firefox'],
  ])('%s', (cgroup, application) => {
    expect(desktopUnitOf(cgroup)?.application).toBe(application);
  });

  test.each([
    '/',
    '/system.slice/nginx.service',
    '/user.slice/user-1.slice/session-3.scope',
    '/app-.scope',
  ])('%s is none', (cgroup) => expect(desktopUnitOf(cgroup)).toBeNull());

  test('unescapes what systemd escapes', () => {
    expect(unescapeUnit('a\\x2db\\x40')).toBe('a-b@');
  });
});

describe('agentOfEnvironment', () => {
  test('knows only variables that a snapshot holds', () => {
    const named = originVariables.filter(
      (name) => agentOfEnvironment({ [name]: 'goose' }) !== null,
    );
    expect(named.sort()).toEqual(
      [
        'AGENT',
        'AI_AGENT',
        'CLAUDECODE',
        'CLAUDE_CODE_ENTRYPOINT',
        'CODEX_SANDBOX',
        'CODEX_THREAD_ID',
        'COPILOT_AGENT_SESSION_ID',
        'CURSOR_AGENT',
        'GEMINI_CLI',
        'GOOSE_TERMINAL',
        'OPENCODE',
      ].sort(),
    );
  });

  test('reads the shared variables by their value', () => {
    expect(agentOfEnvironment({ AI_AGENT: 'codex@1.2' })).toEqual({
      variable: 'AI_AGENT',
      agent: 'Codex',
    });
    expect(agentOfEnvironment({ AGENT: 'jenkins' })).toBeNull();
  });
});

describe('launchOf and the chain', () => {
  const first = (run: string | readonly string[]) => {
    const [link] = factsOf([{ run }]).chain;
    return link === undefined ? null : launchOf(link.command);
  };

  test('steps behind the interpreter', () => {
    expect(first('node /x/nodemon.js a.js')).toMatchObject({ names: ['nodemon'], words: ['a.js'] });
    expect(first('python3 -m Uvicorn x:y')).toMatchObject({ names: ['uvicorn'], words: ['x:y'] });
    expect(first('java -jar /opt/App.jar -p 1')).toMatchObject({
      names: ['app'],
      words: ['-p', '1'],
    });
    expect(first(['npm run dev'])).toMatchObject({ names: ['npm'], words: ['run', 'dev'] });
  });

  test('tells an interactive shell from a command or a script', () => {
    const shell = (run: string, tty = 1) => {
      const [link] = factsOf([{ run, tty }]).chain;
      return link !== undefined && isInteractiveShell(link);
    };
    expect([shell('-zsh'), shell('bash -l')]).toEqual([true, true]);
    expect([
      shell('sh -c x'),
      shell('bash -lc x'),
      shell('bash a.sh'),
      shell('-zsh', 0),
      shell('node'),
    ]).toEqual([false, false, false, false, false]);
  });

  test('a variable comes from the topmost process that has the same value', () => {
    const facts = factsOf([
      { run: 'a', env: { AGENT: 'x' } },
      { run: 'b', env: { AGENT: 'x' } },
      { run: 'c', env: { AGENT: 'y' } },
    ]);
    expect(inheritedVariable(facts, 'AGENT')).toMatchObject({ at: 1, value: 'x' });
    expect(inheritedVariable(facts, 'TMUX')).toBeNull();
  });

  test('evidence is cut where a command line is long', () => {
    const [, link] = factsOf([{ run: 'a' }, { run: `b ${'x'.repeat(200)}`, pid: 7 }]).chain;
    const text = link === undefined ? '' : ancestorEvidence({ at: 1, link });
    expect(text).toMatch(/^parent process 7 is b x+\.\.\.$/);
    expect(text.length).toBeLessThan(110);
  });
});
