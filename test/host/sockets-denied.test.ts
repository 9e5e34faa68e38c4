import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asUser } from '../support/as-user.ts';
import { startPython, type RunningPython } from '../support/start-python.ts';
import { isRoot } from '../support/start-server.ts';

const nobody = 65_534;
const linux = join(import.meta.dirname, '../../src/host/linux');

const canBeNobody =
  isRoot &&
  spawnSync('setpriv', ['--reuid', `${nobody}`, '--clear-groups', 'test', '-r', `${linux}/ffi.ts`])
    .status === 0;

const program = `
import { readSockets } from ${JSON.stringify(`${linux}/sockets.ts`)};
import { readHolders } from ${JSON.stringify(`${linux}/holders.ts`)};
const query = { unix: false, states: 'listening', otherNamespaces: true };
const { backend, sockets, problems } = readSockets('/proc', query);
const { holders, unreadableProcesses } = readHolders('/proc', new Set(sockets.map(({ inode }) => inode)));
console.log(JSON.stringify({
  backend,
  unreadableProcesses,
  problems: problems.map(({ id, reason }) => [id, reason]),
  namespaces: [...new Set(sockets.map(({ namespace }) => namespace))],
  seen: sockets.some(({ local }) => local.port === Number(process.argv.at(-1))),
  held: [...holders.values()].flat().map(({ pid }) => pid),
}));`;

describe.skipIf(!canBeNobody)(
  'what another user may not see (needs root, to become nobody)',
  () => {
    let server: RunningPython;
    let elsewhere: RunningPython;

    beforeAll(async () => {
      server = await startPython(`
import socket, sys
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(1)
print(server.getsockname()[1], flush=True)
sys.stdin.read()`);
      elsewhere = await startPython('import sys; print(1, flush=True); sys.stdin.read()', [
        'unshare',
        '--net',
      ]);
    });
    afterAll(() => Promise.all([server.stop(), elsewhere.stop()]));

    it.each(['0', '1'])('is counted and named, never guessed (plain files: %s)', (plainly) => {
      const environment = plainly === '1' ? ['HOMEPORT_NO_FFI=1'] : [];
      const words = [
        ...environment,
        process.execPath,
        '--input-type=module-typescript',
        '-e',
        program,
      ];
      const answer: unknown = JSON.parse(asUser(nobody, 'env', [...words, server.first], 'utf8'));
      expect(answer).toEqual({
        backend: plainly === '1' ? 'procfs' : 'netlink',
        unreadableProcesses: expect.any(Number),
        problems: [
          ...(plainly === '1' ? [['netlink-unavailable', 'unsupported']] : []),
          ['other-namespaces-unreadable', 'denied'],
        ],
        namespaces: ['this'],
        seen: true,
        held: expect.not.arrayContaining([server.pid]),
      });
      expect(answer).not.toMatchObject({ unreadableProcesses: 0 });
    });
  },
);
