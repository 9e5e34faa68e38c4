import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { explain, isKnown } from '../../src/index.ts';
import type { Owner } from '../../src/model/explanation.ts';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { serverProgram } from '../support/servers.ts';
import { startApart, untilListening } from '../support/start-apart.ts';
import { loginWords, startLoginServer } from '../support/login-server.ts';
import type { RunningServer } from '../support/start-server.ts';

const folder = join(import.meta.dirname, '../fixtures/projects/listener');

const ownerAt = async (port: number): Promise<Owner> => {
  const { owner } = await explain(`127.0.0.1:${port}`, { probe: false });
  if (owner === null || !isKnown(owner)) throw new Error(`nobody owns ${port}`);
  return owner;
};

describe.skipIf(!isRoot || serverProgram('sshd') === null || findProgram('ssh') === null)(
  'a login over ssh (skipped without root, sshd or ssh)',
  () => {
    let server: RunningServer;

    beforeAll(async () => {
      server = await startLoginServer();
    });
    afterAll(() => server.stop());

    const client = (command: string): readonly string[] =>
      loginWords(server, ['root@127.0.0.1', command]);
    const serve = (port: number): string =>
      `cd '${folder}' && PORT=${port} '${process.execPath}' serve.mjs`;

    it('is the origin of what is started in it, with the address of the client', async () => {
      const port = await freePort();
      const { output } = startApart('ssh', client(serve(port)));
      await untilListening(port, () => output() + server.output());
      const { origin, chain, process: left } = await ownerAt(port);
      // The end of the client does not end what its login runs.
      onTestFinished(() => void process.kill(left.pid, 'SIGKILL'));
      expect(origin).toMatchObject({ id: 'ssh', label: 'ssh session from 127.0.0.1' });
      expect(chain.map(({ pid }) => pid)).toContain(server.pid);
    });

    it('is still told after the login has ended', async () => {
      const port = await freePort();
      const left = `{ ${serve(port)}; } </dev/null >/dev/null 2>&1 & echo $!`;
      const { stdout, stderr } = spawnSync('ssh', client(left), { encoding: 'utf8' });
      const shell = Number(stdout);
      expect(shell, stderr + server.output()).toBeGreaterThan(1);
      onTestFinished(() => void spawnSync('kill', ['-9', '--', `-${groupOf(shell)}`]));
      await untilListening(port, () => server.output());
      const { origin } = await ownerAt(port);
      expect(origin).toMatchObject({ id: 'ssh', label: 'ssh session from 127.0.0.1' });
      expect(origin.evidence.join()).toContain('it has outlived the login');
    });
  },
);

/** Process group, field 5 of `/proc/<pid>/stat`. */
const groupOf = (pid: number): string | undefined =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];

describe.skipIf(findProgram('systemd-socket-activate') === null)(
  'systemd-socket-activate (skipped where it is not installed)',
  () => {
    it('owns the port until the first connection, then the server does', async () => {
      const port = await freePort();
      const listen = ['-l', `127.0.0.1:${port}`, process.execPath, join(folder, 'serve.mjs')];
      const { pid } = startApart('systemd-socket-activate', listen);
      const look = () => explain(`127.0.0.1:${port}`, { probe: false });
      await expect.poll(async () => (await look()).state).toBe('listening');
      const waiting = await ownerAt(port);
      expect([waiting.process.pid, waiting.program.name]).toEqual([pid, 'systemd-socket-activate']);
      const first = connect(port, '127.0.0.1');
      onTestFinished(() => void first.destroy());
      await once(first, 'connect');
      await expect.poll(async () => (await ownerAt(port)).program.name).toBe('serve.mjs');
      const after = await ownerAt(port);
      expect(after.process).toMatchObject({ pid, argv: [process.execPath, listen.at(-1)] });
      // Nothing keeps the socket for it, so nothing would start it again.
      expect(after.origin.restarts).not.toBe(true);
    });
  },
);
