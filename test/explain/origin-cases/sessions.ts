import { factsOf, systemd, userManager } from '../origin-facts.ts';
import { bash, type Case, node } from './case.ts';

/** The session that a process was started in. */
export const sessionCases: readonly Case[] = [
  [
    'tmux',
    'tmux pane %3',
    false,
    2,
    factsOf([{ ...node, env: { TMUX_PANE: '%3' } }, bash, { run: 'tmux new -s work' }]),
  ],
  ['tmux', 'tmux pane %3', false, 0, factsOf([{ ...node, env: { TMUX_PANE: '%3' } }])],
  [
    'screen',
    'screen session 12.work',
    false,
    2,
    factsOf([{ ...node, env: { STY: '12.work' } }, bash, { run: 'SCREEN -S work' }]),
  ],
  [
    'zellij',
    'Zellij pane',
    false,
    2,
    factsOf([node, bash, { run: '/usr/bin/zellij --server /run/z' }]),
  ],
  [
    'editor',
    "VS Code's terminal",
    false,
    2,
    factsOf([node, bash, { run: '/usr/share/code/code --type=utility' }]),
  ],
  [
    'editor',
    'VS Code Server',
    null,
    1,
    factsOf([
      node,
      {
        run: '/home/ann/.vscode-server/bin/1/node /home/ann/.vscode-server/bin/1/out/server-main.js',
      },
    ]),
  ],
  [
    'editor',
    'a JetBrains IDE',
    null,
    1,
    factsOf([node, { run: 'java -cp x com.intellij.idea.Main' }]),
  ],
  [
    'editor',
    "Cursor's terminal",
    false,
    0,
    factsOf([{ ...node, env: { TERM_PROGRAM: 'vscode', CURSOR_TRACE_ID: '1' } }]),
  ],
  ['editor', "Zed's terminal", false, 0, factsOf([{ ...node, env: { TERM_PROGRAM: 'zed' } }])],
  [
    'ssh',
    'ssh session from 10.0.0.7',
    false,
    2,
    factsOf([
      { ...node, env: { SSH_CONNECTION: '10.0.0.7 5 10.0.0.1 22' } },
      bash,
      { run: ['sshd: ann@pts/0'] },
    ]),
  ],
  ['ssh', 'ssh session', false, 2, factsOf([node, bash, { run: ['sshd-session: ann@pts/0'] }])],
  [
    'ssh',
    'ssh session from 10.0.0.7',
    false,
    0,
    factsOf([{ ...node, env: { SSH_CONNECTION: '10.0.0.7 5 10.0.0.1 22' } }, systemd]),
  ],
  [
    'terminal',
    'terminal (GNOME Terminal)',
    false,
    2,
    factsOf([node, bash, { run: '/usr/libexec/gnome-terminal-server' }]),
  ],
  [
    'terminal',
    'terminal',
    false,
    0,
    factsOf([
      {
        ...node,
        cgroup:
          '/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.gnome.Terminal.slice/vte-spawn-1.scope',
      },
    ]),
  ],
  [
    'desktop-app',
    'desktop application org.mozilla.firefox',
    null,
    0,
    factsOf([
      {
        run: 'firefox',
        cgroup:
          '/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-org.mozilla.firefox-99.scope',
      },
      userManager,
    ]),
  ],
  [
    'desktop-session',
    'desktop session (KDE Plasma)',
    null,
    1,
    factsOf([{ run: 'firefox' }, { run: '/usr/bin/plasmashell' }]),
  ],
  ['login', 'console login', false, 2, factsOf([node, bash, { run: '/bin/login -p --' }])],
  ['login', 'login shell (su)', false, 2, factsOf([node, bash, { run: 'su - ann' }])],
  ['shell', 'shell bash on a terminal', false, 1, factsOf([node, bash])],
  ['shell', 'shell bash', false, 1, factsOf([node, { run: 'bash /dev/fd/3' }])],
  ['shell', 'shell script start.sh', false, 1, factsOf([node, { run: 'bash /srv/start.sh' }])],
];
