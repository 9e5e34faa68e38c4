import type { OriginDetector } from '../origin.ts';
import { aiAgent } from './ai-agent.ts';
import { atJob } from './at-job.ts';
import { container } from './container.ts';
import { cron } from './cron.ts';
import { desktopApp } from './desktop-app.ts';
import { desktopSession } from './desktop-session.ts';
import { dockerCompose } from './docker-compose.ts';
import { editor } from './editor.ts';
import { entered } from './entered.ts';
import { entrypoint } from './entrypoint.ts';
import { homeport } from './homeport.ts';
import { inetd } from './inetd.ts';
import { initScript } from './init-script.ts';
import { kernel } from './kernel.ts';
import { kubernetes } from './kubernetes.ts';
import { login } from './login.ts';
import { orphan } from './orphan.ts';
import { packageScript } from './package-script.ts';
import { pm2 } from './pm2.ts';
import { processRunner } from './process-runner.ts';
import { publishedPort } from './published-port.ts';
import { screen } from './screen.ts';
import { shell } from './shell.ts';
import { socketActivation } from './socket-activation.ts';
import { ssh } from './ssh.ts';
import { supervise } from './supervise.ts';
import { supervisord } from './supervisord.ts';
import { systemdUnit } from './systemd-unit.ts';
import { taskRunner } from './task-runner.ts';
import { terminal } from './terminal.ts';
import { tmux } from './tmux.ts';
import { watcher } from './watcher.ts';
import { zellij } from './zellij.ts';

/**
 * Every origin detector, the most telling cause first: what runs the process as a service, then who
 * or what started it, then the session it was started in, then what is left when nobody tells.
 */
export const originDetectors: readonly OriginDetector[] = [
  kernel,
  homeport,
  publishedPort,
  dockerCompose,
  kubernetes,
  container,
  socketActivation,
  pm2,
  supervisord,
  supervise,
  cron,
  atJob,
  inetd,
  initScript,
  systemdUnit,
  aiAgent,
  watcher,
  processRunner,
  packageScript,
  taskRunner,
  tmux,
  screen,
  zellij,
  editor,
  ssh,
  terminal,
  desktopApp,
  desktopSession,
  login,
  entered,
  orphan,
  shell,
  entrypoint,
];
