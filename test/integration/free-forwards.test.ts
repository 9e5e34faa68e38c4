import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../support/find-program.ts';
import { freeNow, isAlive, planFor } from '../support/free-live.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { loginWords, startLoginServer } from '../support/login-server.ts';
import { serverProgram } from '../support/servers.ts';
import { startApart, untilListening } from '../support/start-apart.ts';

describe.skipIf(!isRoot || serverProgram('sshd') === null || findProgram('ssh') === null)(
  'ssh (skipped without root, sshd or ssh)',
  () => {
    it('a forward ends with the client that keeps it; the far end goes on', async () => {
      const server = await startLoginServer();
      onTestFinished(() => server.stop());
      const port = await freePort();
      const forward = ['-N', '-L', `127.0.0.1:${port}:127.0.0.1:${server.port}`, 'root@127.0.0.1'];
      const { pid, output } = startApart('ssh', loginWords(server, forward));
      await untilListening(port, () => output() + server.output());
      const { plan, receipt } = await freeNow(`${port}`);
      expect(plan.steps).toMatchObject([
        {
          verb: 'end-forward',
          pid,
          target: `ssh forward to 127.0.0.1:${server.port} through root@127.0.0.1`,
        },
      ]);
      expect(receipt.freed).toBe(true);
      expect(isAlive(server.pid)).toBe(true);
    });

    it('its server is refused: people come in by it', async () => {
      const server = await startLoginServer();
      onTestFinished(() => server.stop());
      const { refusals } = await planFor(`${server.port}`);
      expect(refusals).toMatchObject([{ id: 'ssh-server', pid: server.pid }]);
    });
  },
);
