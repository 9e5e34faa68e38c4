import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { hasPython } from '../support/start-python.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';
import { python, serve } from '../support/why-servers.ts';

const id = 'c0ffee00'.repeat(8);
const hierarchy = ['/sys/fs/cgroup/memory', '/sys/fs/cgroup'].find((folder) =>
  existsSync(join(folder, 'cgroup.procs')),
);
const group = join(hierarchy ?? '', `docker-${id}.scope`);

const made = { engine: process.env['DOCKER_HOST'] };
afterEach(() => {
  if (made.engine === undefined) delete process.env['DOCKER_HOST'];
  else process.env['DOCKER_HOST'] = made.engine;
});

/** A server in a network namespace and a cgroup as Docker makes them for its containers. */
const contained = async (address: string, port: number): Promise<void> => {
  mkdirSync(group, { recursive: true });
  onTestFinished(() => rmdirSync(group));
  await python(
    `
open('${group}/cgroup.procs', 'w').write(str(os.getpid()))
os.system('ip link set lo up')
server = socket.socket()
server.bind(('${address}', ${port}))
server.listen()
print('up', flush=True)`,
    ['unshare', '-n'],
  );
};

/** An engine that tells of one container, by the API that Docker and Podman have. */
const engine = async (image: string, ports: readonly object[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-engine-'));
  const path = join(folder, 'engine.sock');
  const container = { Id: id, Names: ['/shop-db-1'], Image: image, Labels: {}, Ports: ports };
  const server = createServer((request, response) => {
    const isList = request.url?.includes('/containers/json') === true;
    response.writeHead(isList ? 200 : 404).end(JSON.stringify(isList ? [container] : {}));
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });
  process.env['DOCKER_HOST'] = `unix://${path}`;
};

const published = (hostPort: number, containerPort: number) => ({
  IP: '127.0.0.1',
  PrivatePort: containerPort,
  PublicPort: hostPort,
  Type: 'tcp',
});

describe.skipIf(!isRoot || !hasPython || hierarchy === undefined)(
  'why a container does not answer (needs root, python3 and cgroups)',
  () => {
    it('finds a server inside one that publishes nothing, also where no engine tells of it', async () => {
      const port = await freePort();
      await contained('0.0.0.0', port);
      const alone = causeOf(
        await askWhy({ target: `localhost:${port}` }),
        'container-not-published',
      );
      expect(alone.title).toContain('container c0ffee00c0ff');
      await engine('postgres:16', []);
      const diagnosis = await askWhy({ target: `localhost:${port}` });
      expect(diagnosis.causes[0]).toMatchObject({ id: 'container-not-published', explains: true });
      expect(diagnosis.answer).toContain('container shop-db-1');
      expect(causeOf(diagnosis, 'container-not-published').evidence).toContain(
        'it publishes no port',
      );
      await serve('127.0.0.1', port);
      const answered = await askWhy({ target: `127.0.0.1:${port}` });
      expect(causeIds(answered)).not.toContain('container-not-published');
    });

    it('finds the port that it is published as', async () => {
      const [port, other] = [await freePort(), await freePort()];
      await contained('0.0.0.0', port);
      await engine('postgres:16', [published(other, port)]);
      const diagnosis = await askWhy({ target: `localhost:${port}` });
      expect(diagnosis.answer).toMatch(
        new RegExp(`, and it is published as 127\\.0\\.0\\.1:${other}$`),
      );
    });

    it('finds a published port that leads to the loopback inside, and not to a server', async () => {
      const [port, inside] = [await freePort(), await freePort()];
      await contained('127.0.0.1', inside);
      await engine('shop/api', [published(port, inside)]);
      await serve('127.0.0.1', port);
      const message = `Error: read ECONNRESET 127.0.0.1:${port}`;
      const diagnosis = await askWhy({ message });
      expect(diagnosis.causes[0]).toMatchObject({ id: 'container-port-silent', explains: true });
      expect(diagnosis.answer).toContain("on the container's own loopback only");
    });

    it('is content with a server where the published port leads', async () => {
      const [port, inside] = [await freePort(), await freePort()];
      await contained('0.0.0.0', inside);
      await engine('shop/api', [published(port, inside)]);
      await serve('127.0.0.1', port);
      const diagnosis = await askWhy({ message: `Error: read ECONNRESET 127.0.0.1:${port}` });
      expect(causeIds(diagnosis)).not.toContain('container-port-silent');
    });
  },
);
