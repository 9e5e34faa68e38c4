import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freeNow, planFor } from '../support/free-live.ts';
import { freePort } from '../support/free-port.ts';
import { startApart, untilListening } from '../support/start-apart.ts';

const node = process.execPath;

const temporary = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'homeport-free-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

describe('a container (a stand-in for its engine)', () => {
  it('is stopped by its engine, and its proxy is never signalled', async () => {
    const id = 'c'.repeat(64);
    const port = await freePort();
    const path = temporary();
    const asked: string[] = [];
    const proxy = spawn(
      node,
      ['-e', `require("net").createServer().listen(${port}, "127.0.0.1")`],
      { argv0: 'docker-proxy', stdio: 'ignore' },
    );
    onTestFinished(() => void proxy.kill('SIGKILL'));
    const listed = {
      Id: id,
      Names: ['/shop-db-1'],
      Image: 'postgres',
      Ports: [{ IP: '127.0.0.1', PrivatePort: 5432, PublicPort: port, Type: 'tcp' }],
    };
    const engine = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.url === '/containers/json') response.end(JSON.stringify([listed]));
      else if (request.url === `/containers/${id}/json`) {
        const policy = { Name: 'unless-stopped' };
        response.end(
          JSON.stringify({ State: { Running: true }, HostConfig: { RestartPolicy: policy } }),
        );
      } else {
        // An engine takes the port back from its proxy itself.
        proxy.kill('SIGKILL');
        response.writeHead(204).end();
      }
    });
    engine.listen(join(path, 'engine.sock'));
    await once(engine, 'listening');
    onTestFinished(() => void engine.close());
    const before = process.env['DOCKER_HOST'];
    process.env['DOCKER_HOST'] = `unix://${path}/engine.sock`;
    onTestFinished(() => {
      if (before === undefined) delete process.env['DOCKER_HOST'];
      else process.env['DOCKER_HOST'] = before;
    });
    await untilListening(port, () => 'docker-proxy');
    const { plan, receipt } = await freeNow(`${port}`, { timeoutMs: 3_000 });
    expect(plan).toMatchObject({
      steps: [{ verb: 'container-stop', target: 'shop-db-1', command: 'docker stop shop-db-1' }],
      restartedBy: { label: expect.stringContaining('unless-stopped'), stopped: true },
    });
    expect(receipt).toMatchObject({ freed: true, steps: [{ outcome: 'done' }] });
    expect(receipt.processes.flatMap(({ signals }) => signals)).toEqual([]);
    expect(asked).toContain(`POST /containers/${id}/stop?t=3`);
  });

  it('whose engine is silent is refused: the proxy alone would leave it out of reach', async () => {
    const port = await freePort();
    const path = temporary();
    symlinkSync(node, join(path, 'docker-proxy'));
    const words = ['-e', `require("net").createServer().listen(${port}, "127.0.0.1")`];
    const { pid, output } = startApart(join(path, 'docker-proxy'), words);
    await untilListening(port, output);
    const plan = await planFor(`${port}`);
    expect(plan.refusals).toMatchObject([{ id: 'no-right-way', pid }]);
  });
});
