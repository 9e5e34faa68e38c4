import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { explain, isKnown, type Listener, listListeners } from '../../src/index.ts';
import { freePort } from '../support/free-port.ts';

const script = join(import.meta.dirname, '../fixtures/projects/listener/flap.mjs');

/** A row as it was answered: which socket, and who was said to own it. */
type Answer = { readonly inode: number; readonly owners: readonly number[]; readonly why: string };

const answersOf = (listeners: readonly Listener[]): readonly Answer[] =>
  listeners.map(({ sockets, owners }) => ({
    inode: sockets[0]?.inode ?? 0,
    owners: isKnown(owners) ? owners.map(({ pid }) => pid) : [],
    why: isKnown(owners) ? '' : owners.unknown,
  }));

it('never names a wrong owner of a port that changes hands while it is looked at', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-flap-'));
  const log = join(folder, 'log');
  const port = await freePort();
  const flapping = [1, 2].map(() => spawn(process.execPath, [script, `${port}`, log]));
  onTestFinished(async () => {
    await Promise.all(flapping.map(end));
    rmSync(folder, { recursive: true });
  });
  const pids = flapping.map(({ pid }) => pid);
  const answers: Answer[] = [];
  const named = (): Set<number> => new Set(answers.flatMap(({ owners }) => owners));
  while (answers.length < 40 || named().size < 2) {
    const { listeners } = await listListeners({ filters: [`${port}`] });
    const explained = await explain(`127.0.0.1:${port}`, { probe: false });
    answers.push(...answersOf(listeners), ...answersOf(explained.listeners));
  }
  await Promise.all(flapping.map(end));
  const held = new Set(readFileSync(log, 'utf8').trim().split('\n'));
  const wrong = answers.filter(({ inode, owners }) =>
    owners.some((pid) => !held.has(`${inode} ${pid}`)),
  );
  expect(wrong).toEqual([]);
  // Nobody but these two had the port.
  expect([...named()].filter((pid) => !pids.includes(pid))).toEqual([]);
  expect(answers.map(({ why }) => why).filter((why) => !['', 'gone'].includes(why))).toEqual([]);
});

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
};
