import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startPlayground } from '../../playground/start.mjs';

const script = join(import.meta.dirname, '../../playground/start.mjs');
const anyPorts = { auth: 0, payments: 0, web: 0 };
const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

const start = async (ports: typeof anyPorts, say: (line: string) => void = () => {}) => {
  const playground = await startPlayground({ ports, say });
  cleanUps.push(playground.stop);
  return playground;
};

const isAlive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

const allGone = async (pids: readonly (number | undefined)[]): Promise<void> => {
  while (pids.some(isAlive)) await delay(10);
};

describe('the playground', () => {
  it('answers with a page made from what both other services say', async () => {
    const { ports } = await start(anyPorts);
    const page = await (await fetch(`http://127.0.0.1:${ports.web}/`)).text();
    expect(page).toContain("<title>The playground's shop</title>");
    expect(page).toContain('Welcome home, dorothy');
    expect(page).toContain('You owe 42 EUR.');
  });

  it('takes a free port where one is taken, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    cleanUps.push(() => other.close());
    await once(other, 'listening');
    const address = other.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const said: string[] = [];
    const { ports } = await start({ ...anyPorts, web: taken }, (line) => said.push(line));
    expect(ports.web).not.toBe(taken);
    expect(said).toEqual([`port ${taken} is taken: web listens on ${ports.web} instead`]);
  });

  it('leaves no process behind when it is stopped', async () => {
    const { pids, stop } = await start(anyPorts);
    expect(pids).toHaveLength(3);
    expect(pids.every(isAlive)).toBe(true);
    await stop();
    expect(pids.some(isAlive)).toBe(false);
  });

  it('leaves none behind when its parent is killed', async () => {
    const program = `
      import { startPlayground } from ${JSON.stringify(script)};
      const { pids } = await startPlayground({ ports: ${JSON.stringify(anyPorts)} });
      process.send(pids);
      setInterval(() => {}, 1000);
    `;
    const parent = fork('-', [], { execArgv: ['--input-type=module', '--eval', program] });
    cleanUps.push(() => parent.kill('SIGKILL'));
    const [pids] = await once(parent, 'message');
    expect(pids.every(isAlive)).toBe(true);
    parent.kill('SIGKILL');
    await allGone(pids);
  });
});
