import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FreeCandidate } from '../../src/model/freeing.ts';
import type { FreeInput } from '../../src/operations/free.schema.ts';
import { free } from '../../src/operations/free.ts';
import { freeResultSchema } from '../../src/operations/schemas/freeing.schema.ts';
import { isAlive, liveContext } from '../support/free-live.ts';
import { freePort } from '../support/free-port.ts';
import { runLauncher } from '../support/run-launcher.ts';
import { startApart, untilListening } from '../support/start-apart.ts';

const folder = join(import.meta.dirname, '../fixtures/projects/listener');
const hour = 3_600_000;

const start = async (file: string, ...words: readonly string[]) => {
  const port = await freePort();
  const { pid, output } = startApart(file, words, { cwd: folder, env: { PORT: `${port}` } });
  await untilListening(port, output);
  return { port, pid };
};

/** What is found at a port when it is so much later. */
const candidateAt = async (
  port: number,
  input: FreeInput,
  laterMs = 0,
): Promise<FreeCandidate | null> => {
  const context = { ...liveContext(), now: () => Date.now() + laterMs };
  const result = await free(context, input);
  expect(freeResultSchema.parse(result)).toEqual(result);
  expect(result).toMatchObject({ plan: null, receipt: null });
  return result.candidates?.find(({ endpoint }) => endpoint === `127.0.0.1:${port}`) ?? null;
};

describe('candidates', () => {
  it('of a project', async () => {
    const { port, pid } = await start(process.execPath, 'serve.mjs');
    const found = await candidateAt(port, { project: 'listener' });
    expect(found).toMatchObject({ pid, project: 'listener', evidence: [expect.any(String)] });
    expect(await candidateAt(port, { project: 'another' })).toBeNull();
  });

  it('whose starter has ended', async () => {
    const { port } = await start('sh', '-c', 'node serve.mjs &');
    const found = await candidateAt(port, { orphans: true });
    expect(found?.evidence.join()).toMatch(/parent has ended/);
    const kept = await start('sh', '-c', 'node serve.mjs; true');
    expect(await candidateAt(kept.port, { orphans: true })).toBeNull();
  });

  it('that nobody is connected to: since when is not known, and said so', async () => {
    const { port } = await start(process.execPath, 'serve.mjs');
    expect(await candidateAt(port, { idleMs: 2 * hour })).toBeNull();
    const found = await candidateAt(port, { idleMs: 2 * hour }, 3 * hour);
    expect(found).toMatchObject({ connections: 0, idleMs: { unknown: 'unsupported' } });
    expect(found?.evidence.join()).toContain('the kernel does not tell');
  });

  it('on whose connections nothing was said', async () => {
    const { port } = await start(process.execPath, 'serve.mjs');
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => void client.destroy());
    await once(client, 'connect');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const found = await candidateAt(port, { idleMs: 200 }, hour);
    expect(found).toMatchObject({ connections: 1, idleMs: expect.any(Number) });
    client.write('x');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await candidateAt(port, { idleMs: 60_000 }, hour)).toBeNull();
  });

  it('are never stopped by themselves', async () => {
    const { port, pid } = await start(process.execPath, 'serve.mjs');
    const { code, out, err } = await runLauncher(['free', '--project', 'listener', '--yes']);
    expect(code).toBe(4);
    expect(out).toContain(`127.0.0.1:${port}`);
    expect(err).toContain('never stopped unseen');
    const listed = await runLauncher(['free', '--project', 'listener', '--json']);
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.out)).toMatchObject({ plan: null, receipt: null });
    const confirmed = free(liveContext(), { orphans: true, confirm: 'x' });
    await expect(confirmed).rejects.toMatchObject({ code: 'invalid-input' });
    expect(isAlive(pid)).toBe(true);
  });
});
