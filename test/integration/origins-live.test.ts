import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { explain, isKnown, type Origin } from '../../src/index.ts';
import type { Owner } from '../../src/model/explanation.ts';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { bareEnvironment, startApart, untilListening } from '../support/start-apart.ts';

const folder = join(import.meta.dirname, '../fixtures/projects/listener');

/** Starts a command that ends up in `serve.mjs`, and says who owns its port. */
const ownerOf = async (
  [file = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Owner> => {
  const port = await freePort();
  const { output } = startApart(file, words, { cwd: folder, env: { ...env, PORT: `${port}` } });
  await untilListening(port, output);
  return ownerAt(port);
};

const ownerAt = async (port: number): Promise<Owner> => {
  const { owner } = await explain(`127.0.0.1:${port}`, { probe: false });
  if (owner === null || !isKnown(owner)) throw new Error(`nobody owns ${port}`);
  return owner;
};

const originOf = async (...asked: Parameters<typeof ownerOf>): Promise<Origin> =>
  (await ownerOf(...asked)).origin;

/** Which process of the chain told it: its command, as a person sees it. */
const tellerOf = ({ chain }: Owner, id: string): string | undefined =>
  chain.find(({ verdict }) => verdict?.id === id)?.command;

describe('why a real program runs', () => {
  it.skipIf(findProgram('npm') === null)('an npm script (skipped without npm)', async () => {
    const owner = await ownerOf(['npm', 'run', 'dev']);
    expect(owner.origin).toMatchObject({ id: 'package-script', label: 'npm script dev' });
    expect(owner.origin.restarts).toBe(false);
    expect(tellerOf(owner, 'package-script')).toContain('npm run dev');
  });

  it.skipIf(findProgram('make') === null)('a target of make (skipped without make)', async () => {
    const owner = await ownerOf(['make', 'serve']);
    expect(owner.origin).toMatchObject({ id: 'task-runner', label: 'make serve' });
    expect(tellerOf(owner, 'task-runner')).toBe('make serve');
  });

  it('a watcher, which starts it again', async () => {
    const origin = await originOf([process.execPath, '--watch', 'serve.mjs']);
    expect(origin).toMatchObject({ id: 'watcher', label: 'watcher node --watch', restarts: true });
  });

  it('a script of a shell', async () => {
    const origin = await originOf(['sh', 'start.sh']);
    expect(origin).toMatchObject({ id: 'shell', label: 'shell script start.sh' });
  });

  it('a chain of sh -c', async () => {
    const owner = await ownerOf(['sh', '-c', 'sh -c "node serve.mjs; true"; true']);
    expect(owner.origin).toMatchObject({ id: 'shell', label: 'shell sh' });
    const names = owner.chain.map(({ name }) => name);
    expect(names.filter((name) => name === 'sh')).toHaveLength(2);
  });

  it('a parent that has ended', async () => {
    const owner = await ownerOf(['sh', '-c', 'node serve.mjs &']);
    expect(owner.origin.id).toBe('orphan');
    expect(owner.origin.evidence.join()).toContain('its parent has ended');
  });

  it('claims nothing of a daemon that leads its own session', async () => {
    const owner = await ownerOf([process.execPath, 'serve.mjs']);
    // Where init is known to start nothing, its child must be an orphan.
    expect(['unknown', 'orphan']).toContain(owner.origin.id);
    expect(owner.chain.at(-1)?.pid).toBe(1);
  });
});

describe("an AI agent's shell", () => {
  it.each([
    ['CLAUDECODE', '1', 'Claude Code'],
    ['CODEX_SANDBOX', 'seatbelt', 'Codex'],
    ['GEMINI_CLI', '1', 'Gemini CLI'],
  ])('told by %s', async (variable, value, agent) => {
    const origin = await originOf(['sh', '-c', 'node serve.mjs; true'], { [variable]: value });
    expect(origin).toMatchObject({ id: 'ai-agent', label: `an AI agent's shell (${agent})` });
    expect(origin.evidence).toContain(`environment ${variable}=${value}`);
  });

  it.skipIf(findProgram('npm') === null)(
    'is the origin of the npm script that it runs (skipped without npm)',
    async () => {
      const origin = await originOf(['npm', 'run', 'dev'], { CLAUDECODE: '1' });
      expect(origin.id).toBe('ai-agent');
      expect(origin.evidence).toContain('also: npm script dev');
    },
  );
});

describe.skipIf(findProgram('tmux') === null)('tmux (skipped where it is not installed)', () => {
  const startInTmux = async (env: Readonly<Record<string, string>>): Promise<Owner> => {
    const port = await freePort();
    const name = `homeport-test-${port}`;
    onTestFinished(() => void spawnSync('tmux', ['-L', name, 'kill-server']));
    execFileSync('tmux', ['-L', name, '-f', '/dev/null', 'new-session', '-d', 'node serve.mjs'], {
      cwd: folder,
      env: { ...bareEnvironment(), ...env, SHELL: '/bin/sh', TERM: 'xterm', PORT: `${port}` },
    });
    await untilListening(port, () => 'a pane of tmux');
    return ownerAt(port);
  };

  it('names the pane', async () => {
    const owner = await startInTmux({});
    expect(owner.origin).toMatchObject({ id: 'tmux', label: 'tmux pane %0', restarts: false });
    expect(tellerOf(owner, 'tmux')).toContain('tmux');
  });

  it('is the origin though an agent has started the server, which is told', async () => {
    const { origin } = await startInTmux({ CLAUDECODE: '1' });
    expect(origin.id).toBe('tmux');
    expect(origin.evidence.join()).toContain("an AI agent's shell (Claude Code)");
  });
});
