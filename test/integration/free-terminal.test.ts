import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../support/find-program.ts';
import { isAlive } from '../support/free-live.ts';
import { freePort } from '../support/free-port.ts';
import { launcher } from '../support/launcher.ts';
import { startApart, untilListening } from '../support/start-apart.ts';

const folder = join(import.meta.dirname, '../fixtures/projects/listener');

const start = async () => {
  const port = await freePort();
  const { pid, output } = startApart(process.execPath, ['serve.mjs'], {
    cwd: folder,
    env: { PORT: `${port}` },
  });
  await untilListening(port, output);
  return { port, pid };
};

/** Runs the command at a terminal of its own (script(1)) and answers each question in turn. */
const atTerminal = async (
  words: readonly string[],
  answers: Readonly<Record<string, string>>,
): Promise<{ code: number | null; screen: string }> => {
  const command = [process.execPath, launcher, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', TERM: 'xterm' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  const left = new Map(Object.entries(answers));
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    for (const [question, answer] of left) {
      if (!screen.includes(question)) continue;
      left.delete(question);
      child.stdin.write(`${answer}\n`);
    }
  });
  const [code] = await once(child, 'exit');
  return { code: typeof code === 'number' ? code : null, screen };
};

describe.skipIf(findProgram('script') === null)('at a terminal (skipped without script)', () => {
  it('asks, and does nothing unless it is agreed to', async () => {
    const { port, pid } = await start();
    const { code, screen } = await atTerminal(['free', `${port}`], { '[y/N]': 'n' });
    expect(code).toBe(1);
    expect(screen).toContain(`127.0.0.1:${port} is held by serve.mjs`);
    expect(screen).toContain('Nothing was stopped.');
    expect(isAlive(pid)).toBe(true);
  });

  it('carries out what is agreed to', async () => {
    const { port, pid } = await start();
    const { code, screen } = await atTerminal(['free', `${port}`], { '[y/N]': 'y' });
    expect(screen).toContain('It is free');
    expect(code).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  it('lets candidates be chosen, shows the plan of these, and asks again', async () => {
    const [one, other] = [await start(), await start()];
    const endpoint = `127.0.0.1:${one.port}`;
    const listed = await atTerminal(['free', '--project', 'listener'], { 'Which of them?': '' });
    expect(listed.code).toBe(1);
    const number = new RegExp(`(\\d+) {2}${endpoint} `).exec(listed.screen)?.[1] ?? '';
    const { code, screen } = await atTerminal(['free', '--project', 'listener'], {
      'Which of them?': number,
      '[y/N]': 'yes',
    });
    expect(screen).toContain('It is free');
    expect(code).toBe(0);
    expect([isAlive(one.pid), isAlive(other.pid)]).toEqual([false, true]);
  });
});
