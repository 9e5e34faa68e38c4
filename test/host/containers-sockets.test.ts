import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engineSockets } from '../../src/host/containers/engine-sockets.ts';
import { asUser } from '../support/as-user.ts';

let folder = '';
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
});
afterEach(async () => {
  const stop = (server: Server) => new Promise((resolve) => server.close(resolve));
  await Promise.all(servers.splice(0).map(stop));
  rmSync(folder, { recursive: true });
});

const listen = async (name: string): Promise<string> => {
  const path = join(folder, name);
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return path;
};

describe('the sockets of engines', () => {
  test('are none where nothing is there', () => {
    expect(engineSockets(folder, {})).toEqual([]);
  });

  test('are those of DOCKER_HOST and of the runtime folder, each once', async () => {
    const docker = await listen('docker.sock');
    mkdirSync(join(folder, 'podman'));
    const podman = await listen('podman/podman.sock');
    symlinkSync(docker, join(folder, 'link.sock'));
    const environment = { DOCKER_HOST: `unix://${folder}/link.sock`, XDG_RUNTIME_DIR: folder };
    const found = engineSockets('', environment).filter((path) => path.startsWith(folder));
    expect(found).toEqual([docker, podman]);
  });

  test.each(['tcp://127.0.0.1:2375', 'ssh://ann@build', 'unix://relative.sock', ''])(
    'are not at DOCKER_HOST=%s',
    (named) => {
      expect(engineSockets('', { DOCKER_HOST: named })).toEqual(engineSockets('', {}));
    },
  );

  test('are no plain files, folders or dead links', () => {
    writeFileSync(join(folder, 'docker.sock'), '');
    mkdirSync(join(folder, 'podman'));
    symlinkSync('/nonexistent', join(folder, 'podman/podman.sock'));
    const environment = { XDG_RUNTIME_DIR: folder, DOCKER_HOST: `unix://${folder}` };
    expect(engineSockets('', environment)).toEqual(engineSockets('', {}));
  });

  test('include one in a folder that is closed to this user, so that it is told as denied', () => {
    mkdirSync(join(folder, 'closed'), { mode: 0 });
    chmodSync(folder, 0o755);
    const path = join(folder, 'closed/podman.sock');
    const found = socketsOfPlainUser(`unix://${path}`);
    // What is closed to a plain user can't be removed by one either.
    chmodSync(join(folder, 'closed'), 0o700);
    expect(found).toContain(path);
  });

  test('are not supposed where even their folder can not be seen', () => {
    mkdirSync(join(folder, 'home/.docker'), { recursive: true });
    chmodSync(join(folder, 'home'), 0);
    chmodSync(folder, 0o755);
    const found = socketsOfPlainUser(`unix://${folder}/home/.docker/docker.sock`);
    chmodSync(join(folder, 'home'), 0o700);
    expect(found.filter((path) => path.startsWith(folder))).toEqual([]);
  });

  test('of another file tree are found in it, whatever our environment says', async () => {
    mkdirSync(join(folder, 'run'));
    const theirs = await listen('run/docker.sock');
    const ours = await listen('ours.sock');
    expect(engineSockets(folder, { DOCKER_HOST: `unix://${ours}` })).toEqual([theirs]);
  });
});

/** Nothing is closed to root, who therefore looks as nobody. */
const socketsOfPlainUser = (named: string): readonly string[] => {
  if (process.getuid?.() !== 0) return engineSockets('', { DOCKER_HOST: named });
  const module = new URL('../../src/host/containers/engine-sockets.ts', import.meta.url);
  const code = `
    const { engineSockets } = await import(${JSON.stringify(module.href)});
    console.log(JSON.stringify(engineSockets('', { DOCKER_HOST: ${JSON.stringify(named)} })));`;
  return JSON.parse(asUser(65_534, process.execPath, ['--input-type=module', '-e', code], 'utf8'));
};
