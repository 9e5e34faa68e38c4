import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { explain, type Explanation, type Finding } from '../../src/index.ts';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { untilListening } from '../support/start-apart.ts';

const source = join(import.meta.dirname, '../fixtures/projects/listener/listener.c');

/** Ended after the test. */
const start = (file: string, words: readonly string[]): ChildProcess => {
  const child = spawn(file, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return child;
};

const explained = async (port: number, pid: number | undefined): Promise<Explanation> => {
  await untilListening(port, () => 'the listener');
  const answer = await explain(`127.0.0.1:${port}`, { probe: false });
  expect(answer.owner).toMatchObject({ process: { pid } });
  return answer;
};

const findingOf = ({ findings }: Explanation, id: string): Finding | undefined =>
  findings.find((finding) => finding.id === id);

describe.skipIf(findProgram('cc') === null)(
  'a program whose file is unusual (skipped without a C compiler)',
  () => {
    let folder: string;
    let built: string;

    beforeAll(() => {
      folder = mkdtempSync('/tmp/homeport-run-');
      built = join(folder, 'listener');
      execFileSync('cc', ['-o', built, source]);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const copyOfIt = (): string => {
      const copy = join(folder, `listener-${Math.random().toString(36).slice(2)}`);
      copyFileSync(built, copy);
      return copy;
    };

    it('in a temporary folder', async () => {
      const port = await freePort();
      const { pid } = start(built, [`${port}`]);
      const { findings } = await explained(port, pid);
      expect(findings).toMatchObject([
        {
          id: 'temporary-executable',
          severity: 'notice',
          evidence: [`executable ${built}`],
        },
      ]);
    });

    it('deleted', async () => {
      const port = await freePort();
      const copy = copyOfIt();
      const { pid } = start(copy, [`${port}`]);
      await untilListening(port, () => copy);
      unlinkSync(copy);
      const finding = findingOf(await explained(port, pid), 'deleted-executable');
      expect(finding?.evidence).toContain(`executable ${copy} (deleted)`);
    });

    it('replaced by a new build', async () => {
      const port = await freePort();
      const copy = copyOfIt();
      const { pid } = start(copy, [`${port}`]);
      await untilListening(port, () => copy);
      renameSync(copyOfIt(), copy);
      const finding = findingOf(await explained(port, pid), 'deleted-executable');
      expect(finding?.evidence).toContain(`executable ${copy} (deleted)`);
    });

    it.skipIf(!isRoot)(
      'in shared memory (skipped without root: it mounts a /dev/shm that may run programs)',
      async () => {
        const port = await freePort();
        const script =
          'mount -t tmpfs tmpfs /dev/shm && cp "$0" /dev/shm/kit && exec /dev/shm/kit "$1"';
        const { pid } = start('unshare', ['--mount', 'sh', '-c', script, built, `${port}`]);
        const finding = findingOf(await explained(port, pid), 'temporary-executable');
        expect(finding).toMatchObject({
          severity: 'warning',
          evidence: ['executable /dev/shm/kit'],
        });
      },
    );

    it.skipIf(findProgram('python3') === null)(
      'in memory alone (skipped without python3)',
      async () => {
        const port = await freePort();
        const code = `import os, sys
fd = os.memfd_create('kit')
os.write(fd, open(sys.argv[1], 'rb').read())
os.execv(f'/proc/self/fd/{fd}', ['kit', sys.argv[2]])`;
        const python = findProgram('python3') ?? '';
        const { pid } = start(python, ['-c', code, built, `${port}`]);
        const answer = await explained(port, pid);
        const finding = findingOf(answer, 'temporary-executable');
        expect(finding?.severity).toBe('warning');
        expect(finding?.evidence.join()).toContain('memfd:kit');
        // Such a file never had a name to be deleted.
        expect(findingOf(answer, 'deleted-executable')).toBeUndefined();
      },
    );
  },
);

describe('a debugger', () => {
  it('of node --inspect is asked, named and found', async () => {
    const child = start(process.execPath, [
      '--inspect=127.0.0.1:0',
      '-e',
      'setInterval(() => {}, 1e6)',
    ]);
    const [line] = await once(createInterface({ input: child.stderr ?? process.stdin }), 'line');
    const port = Number(/ws:\/\/127\.0\.0\.1:(\d+)\//.exec(String(line))?.[1]);
    const answer = await explain(`127.0.0.1:${port}`);
    expect(answer.owner).toMatchObject({ process: { pid: child.pid } });
    expect(answer.protocol).toMatchObject({ status: 'identified', id: 'node-inspector' });
    expect(findingOf(answer, 'debugger-on-loopback')).toMatchObject({ severity: 'info' });
    expect(findingOf(answer, 'debugger-reachable')).toBeUndefined();
  });
});
