import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Explanation, Listener } from '../../src/index.ts';
import { explanationSchema } from '../../src/operations/schemas/explanation.schema.ts';
import { listenerListSchema } from '../../src/operations/schemas/listener-list.schema.ts';
import { runLauncher } from '../support/run-launcher.ts';

const env = { HOMEPORT_PROC: join(import.meta.dirname, '../fixtures/machine-basic/proc') };

const jsonOf = async (...words: readonly string[]): Promise<unknown> => {
  const { code, out, err } = await runLauncher([...words, '--json'], { env });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
};

const endpointOf = (one: Listener): string =>
  one.transport === 'unix'
    ? `unix ${one.path ?? one.abstract}`
    : `${one.transport} ${one.address} ${one.port}`;

const explainThere = async (target: string): Promise<Explanation> => {
  const answer = await jsonOf('explain', target, '--no-probe');
  const parsed = explanationSchema.parse(answer);
  expect(parsed).toEqual(answer);
  return parsed;
};

describe('HOMEPORT_PROC: the command line looks at a folder as at a machine', () => {
  it('ls lists what listens there and nothing of this machine', async () => {
    const answer = await jsonOf('ls');
    const parsed = listenerListSchema.parse(answer);
    expect(parsed).toEqual(answer);
    expect(parsed.listeners.map(endpointOf).sort()).toEqual([
      'tcp 0.0.0.0 22',
      'tcp 0.0.0.0 80',
      'tcp 0.0.0.0 9000',
      'tcp 127.0.0.1 5432',
      'tcp 127.0.0.1 6379',
      'tcp :: 22',
      'tcp ::1 5173',
      'udp 0.0.0.0 5353',
    ]);
  });

  it('explain finds the project, the script and who is connected', async () => {
    const { owner } = await explainThere('localhost:5173');
    expect(owner).toMatchObject({
      process: { pid: 1602, user: 'ann' },
      program: { id: 'vite' },
      project: { name: 'shop-web', root: '/home/ann/shop/web' },
      origin: { id: 'package-script', label: 'npm script dev' },
    });
    const { connections } = await explainThere('127.0.0.1:5432');
    expect(connections.find(({ state }) => state === 'established')).toMatchObject({
      client: { pid: 1602, program: 'Vite', project: 'shop-web' },
      server: { pid: 602, program: 'PostgreSQL', port: 5432 },
    });
  });

  it('explain names a systemd unit', async () => {
    const { owner, exposure } = await explainThere('0.0.0.0:80');
    expect(owner).toMatchObject({
      program: { id: 'nginx' },
      origin: { id: 'systemd-unit', label: 'systemd unit nginx.service' },
    });
    expect(exposure?.level).toBe('local-network');
  });

  it('a socket that no process there holds has an unknown owner, never a guessed one', async () => {
    const { owner, listeners } = await explainThere('127.0.0.1:6379');
    expect(owner).toMatchObject({ unknown: 'other-namespace' });
    expect(listeners[0]?.program).toMatchObject({ unknown: 'other-namespace' });
  });
});
