import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ancestors } from '../../src/host/linux/ancestors.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { readTmuxPane, tmuxPane } from '../../src/host/linux/tmux-pane.ts';
import { bareEnvironment, startApart } from '../support/start-apart.ts';
import { findProgram } from '../support/find-program.ts';

const never = new AbortController().signal;
const failure = 'Error: connect ECONNREFUSED 127.0.0.1:3000';
const host = fileURLToPath(new URL('../../src/host/linux/linux-host.ts', import.meta.url));

let folder = '';
const at = (name: string): string => join(folder, name);
const answerOf = (name: string): unknown => JSON.parse(readFileSync(at(name), 'utf8'));

/** `homeport why ANSWER` writes there what it is told of its terminal. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-terminal-'));
  const ask = `import { renameSync, writeFileSync } from 'node:fs';
import { linuxHost } from ${JSON.stringify(host)};
const answer = await linuxHost().terminalText(AbortSignal.timeout(10_000));
const path = ${JSON.stringify(folder)} + '/' + process.argv[3];
writeFileSync(path + '.new', JSON.stringify(answer));
renameSync(path + '.new', path);
`;
  writeFileSync(at('ask.mjs'), ask);
  const command = `#!/bin/sh\nexec '${process.execPath}' '${at('ask.mjs')}' "$@"\n`;
  writeFileSync(at('homeport'), command, { mode: 0o755 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const env = (): Record<string, string> => {
  const { PATH, ...rest } = bareEnvironment();
  return { ...rest, PATH: `${folder}:${PATH}`, SHELL: '/bin/sh', TERM: 'xterm', PS1: 'ann@box$ ' };
};
const untilThere = (name: string) =>
  expect.poll(() => existsSync(at(name)), { timeout: 20_000 }).toBe(true);

describe.skipIf(findProgram('tmux') === null)('tmux (skipped where it is not installed)', () => {
  /** A server of this test's own, with one shell. */
  const startServer = (socket: string, words: readonly string[] = ['sh']) => {
    const tmux = (...args: string[]): string =>
      execFileSync('tmux', ['-S', at(socket), '-f', '/dev/null', ...args], {
        encoding: 'utf8',
        env: env(),
      });
    tmux('new-session', '-d', '-x', '60', '-y', '10', ...words);
    onTestFinished(() => void tmux('kill-server'));
    return {
      tmux,
      type: (line: string) => tmux('send-keys', '-l', `${line}\n`),
      pane: tmux('display', '-p', '#{pane_id}').trim(),
    };
  };

  it('tells what the pane has shown, far above it and unwrapped', async () => {
    const { type, pane } = startServer('one');
    const long = `${failure} ${'x'.repeat(70)} é ❯`;
    type(`echo '${long}'; seq 100; homeport why first`);
    await untilThere('first');
    expect(answerOf('first')).toEqual({
      source: `tmux pane ${pane}`,
      text: expect.stringContaining(`\n${long}\n`),
    });
  });

  it('is found by the shell that sudo was typed in', async () => {
    const { type, pane } = startServer('two');
    type(`echo '${failure}'; env -i PATH="$PATH" homeport why second`);
    await untilThere('second');
    expect(answerOf('second')).toMatchObject({ source: `tmux pane ${pane}` });
  });

  it('that has ended is told', async () => {
    const pane = { server: `${at('gone')},1,0`, pane: '%0' };
    expect(await readTmuxPane(pane, never)).toEqual({
      unknown: 'unsupported',
      why: expect.stringMatching(/^tmux did not show its pane %0 \(.+\)$/),
    });
  });

  it('that does not answer is not waited for', async () => {
    const { tmux, pane } = startServer('stopped');
    const pid = Number(tmux('display', '-p', '#{pid}'));
    process.kill(pid, 'SIGSTOP');
    try {
      const asked = readTmuxPane({ server: `${at('stopped')},${pid},0`, pane }, never);
      expect(await asked).toMatchObject({ why: expect.stringContaining('no answer in time') });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });
});

describe('the pane that an environment names', () => {
  const root = kernelRoot({});

  it('is both variables, and nothing else', () => {
    const pane = (TMUX: string, TMUX_PANE: string) => tmuxPane(root, { TMUX, TMUX_PANE }, []);
    expect(pane('/tmp/x,1,0', '%3')).toEqual({ server: '/tmp/x,1,0', pane: '%3' });
    for (const id of ['', '3', '%x', '%1;kill-server', '-%1', '%1\n']) {
      expect(pane('/tmp/x,1,0', id)).toBeNull();
    }
    expect(pane('', '%3')).toBeNull();
  });

  it('is told without tmux where that is not installed', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      expect(await readTmuxPane({ server: '/x,1,0', pane: '%3' }, never)).toMatchObject({
        why: expect.stringMatching(/not installed|ENOENT/),
      });
    } finally {
      process.env['PATH'] = path;
    }
  });
});

describe.skipIf(findProgram('script') === null)(
  'script (skipped where it is not installed)',
  () => {
    /** Types the last command once the file of the session holds `shown`. */
    const session = async (
      options: readonly string[],
      file: string,
      {
        first,
        shown,
        last,
      }: { readonly first: string; readonly shown: string; readonly last: string },
    ): Promise<void> => {
      const words = ['-q', '-f', '-c', 'sh', ...options];
      const script = spawn('script', words, {
        cwd: folder,
        env: env(),
        stdio: ['pipe', 'ignore', 'inherit'],
      });
      const closed = once(script, 'close');
      onTestFinished(() => void script.kill());
      const written = (): string => (existsSync(at(file)) ? readFileSync(at(file), 'utf8') : '');
      const untilWritten = (text: string) =>
        expect.poll(() => written().includes(text), { timeout: 20_000 }).toBe(true);
      // What is typed before the shell asks may be dropped as its terminal is set up.
      await untilWritten('ann@box$ ');
      script.stdin.write(`${first}\n`);
      await untilWritten(shown);
      script.stdin.end(`${last}\nexit\n`);
      await closed;
    };

    it('tells what its file holds', async () => {
      const shown = `\n${failure}\r\n`;
      const first = `PS1=; echo '${failure}'`;
      await session([], 'typescript', { first, shown, last: 'homeport why third' });
      expect(answerOf('third')).toEqual({
        source: 'typescript',
        text: expect.stringContaining(shown),
      });
    });

    it('is not asked what was typed, nor when', async () => {
      const files = ['-T', 'timing', '-I', 'typed', '-O', 'out.log'];
      const first = 'echo "a$((1+1))b"';
      await session(files, 'out.log', { first, shown: 'a2b\r\n', last: 'homeport why fourth' });
      expect(answerOf('fourth')).toEqual({
        source: 'out.log',
        text: expect.stringContaining('a2b\r\n'),
      });
    });

    it('gives the end of a long one', async () => {
      const first = `PS1=; seq 100000; echo '${failure}'`;
      const shown = `\n${failure}\r\n`;
      await session(['long.log'], 'long.log', { first, shown, last: 'homeport why fifth' });
      const { text } = answerOf('fifth') as { readonly text: string };
      expect(text).toHaveLength(256 * 1024);
      expect(text.includes(shown)).toBe(true);
    });
  },
);

describe('a process without a terminal of either kind', () => {
  it('is told so', async () => {
    const { output } = startApart(at('homeport'), ['why', 'sixth']);
    await untilThere('sixth');
    expect(answerOf('sixth'), output()).toEqual({
      unknown: 'unsupported',
      why: 'there is no tmux pane and no script file here',
    });
  });

  it('may be in a shell script that is called script', () => {
    writeFileSync(
      at('script'),
      `#!/bin/sh\nexec 5>typescript\necho x >&5\nhomeport why seventh\n`,
      {
        mode: 0o755,
      },
    );
    startApart(at('script'), [], { cwd: folder, env: env() });
    return untilThere('seventh').then(() =>
      expect(answerOf('seventh')).toMatchObject({ unknown: 'unsupported' }),
    );
  });
});

it('ancestors are the parents up to the first', () => {
  const pids = ancestors(kernelRoot({}));
  expect(pids[0]).toBe(process.ppid);
  expect(new Set(pids).size).toBe(pids.length);
});

it('a pane that tmux does not show is told', async () => {
  const variables = { TMUX: `${at('none')},1,0`, TMUX_PANE: '%9' };
  startApart(at('homeport'), ['why', 'eighth'], { env: variables });
  await untilThere('eighth');
  expect(answerOf('eighth')).toMatchObject({
    why: expect.stringContaining('tmux did not show its pane %9'),
  });
});
