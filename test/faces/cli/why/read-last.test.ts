import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMessage } from '../../../../src/diagnose/messages/read-message.ts';
import { findProgram } from '../../../support/find-program.ts';
import { freePort } from '../../../support/free-port.ts';
import { bareEnvironment } from '../../../support/start-apart.ts';
import { askArguments } from '../support/ask.ts';

const missing = findProgram('tmux') === null || findProgram('bash') === null;

describe.skipIf(missing)('the last failure in a tmux pane (skipped without tmux or bash)', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const tmux = (...words: string[]): string => {
    const env = { ...bareEnvironment(), PATH: `${folder}:${bareEnvironment()['PATH']}` };
    return execFileSync('tmux', ['-S', at('socket'), '-f', '/dev/null', ...words], {
      env,
      encoding: 'utf8',
    });
  };
  const type = (line: string): string => tmux('send-keys', '-l', `${line}\n`);
  const screen = (): string => tmux('capture-pane', '-p', '-J', '-S', '-500');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-last-'));
    const words = askArguments({ flags: { last: true } }).map((word) => `'${word}'`);
    const body = `'${process.execPath}' ${words.join(' ')} > '${at('new')}' && mv '${at('new')}' '${at('answer')}'`;
    writeFileSync(at('homeport'), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    tmux(
      'new-session',
      '-d',
      '-x',
      '100',
      '-y',
      '30',
      'env',
      'PS1=ann@box:\\w\\$ ',
      'bash',
      '--norc',
    );
  });
  afterAll(() => {
    tmux('kill-server');
    rmSync(folder, { recursive: true });
  });

  it('is the one of the last command that failed, not an older one', async () => {
    const [older, newest] = [await freePort(), await freePort()];
    const connect = (port: number): string =>
      `node -e "require('net').connect(${port}, '127.0.0.1')"`;
    for (const port of [older, newest]) {
      type(connect(port));
      await expect
        .poll(screen, { timeout: 20_000 })
        .toContain(`connect ECONNREFUSED 127.0.0.1:${port}`);
    }
    type('cd /; seq -f page/%g 60; homeport why --last');
    await expect.poll(() => existsSync(at('answer')), { timeout: 20_000 }).toBe(true);
    const { text, source } = JSON.parse(readFileSync(at('answer'), 'utf8'));
    expect(source).toMatch(/^tmux pane %\d+$/);
    expect(readMessage(text)).toMatchObject({
      class: 'connection-refused',
      endpoints: [{ host: '127.0.0.1', port: newest }],
      ecosystem: 'node',
    });
    expect(text).not.toContain(`127.0.0.1:${older}`);
  });
});
