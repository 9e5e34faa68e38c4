import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSnapshotFile } from '../../../src/host/snapshot-file.ts';
import { explain, listListeners, watchListeners } from '../../../src/index.ts';
import { runCli } from './support/run-cli.ts';

const fixture = join(import.meta.dirname, '../../fixtures/machine-basic/proc');
let folder = '';
let path = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-elsewhere-'));
  path = join(folder, 'machine.json');
  const { code, out } = await runCli(['snapshot'], { HOMEPORT_PROC: fixture });
  expect(code).toBe(0);
  writeFileSync(path, out);
});

afterAll(() => rmSync(folder, { recursive: true }));

const otherPlatform = encodeURIComponent(
  `Object.defineProperty(process, 'platform', { value: 'sunos' })`,
);
/** A machine that Homeport can't read, in each way. */
const elsewhere = {
  'on a platform that Homeport does not read': {
    NODE_OPTIONS: `--import=data:text/javascript,${otherPlatform}`,
  },
  'where the kernel files are missing': { HOMEPORT_PROC: '/nonexistent/proc' },
};

describe.each(Object.entries(elsewhere))('a snapshot is judged %s', (_where, env) => {
  it('though this machine can’t be read', async () => {
    const { code, err } = await runCli(['ls'], env);
    expect(code).not.toBe(0);
    expect(err).not.toBe('');
  });

  it.each([
    [['ls', '--snapshot'], /6379/],
    [['ls', '--all', '--json', '--snapshot'], /"sockets"/],
    [['127.0.0.1:5432', '--snapshot'], /^127\.0\.0\.1:5432 is/],
    [['snapshot', '--snapshot'], /^\{"version":1,/],
    [['completion', 'ports', '--snapshot'], /^22\t/],
  ])('%j', async (words, answer) => {
    const { code, out, err } = await runCli([...words, path], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(answer);
  });
});

describe('a name in a snapshot', () => {
  it('is not resolved by this machine, and that is said', async () => {
    const snapshot = await readSnapshotFile(path);
    const { listeners, problems, target } = await explain('http://example.test:5432/', {
      snapshot,
    });
    expect(listeners).toEqual([]);
    expect(target.notes.join(' ')).not.toContain('resolver');
    expect(problems).toContainEqual({
      id: 'name-not-resolved',
      reason: 'unsupported',
      detail: 'a snapshot does not tell what example.test resolves to',
    });
  });

  it('is known where every machine knows it', async () => {
    const snapshot = await readSnapshotFile(path);
    const { listeners } = await explain('localhost:5432', { snapshot });
    expect(listeners).toHaveLength(1);
  });
});

describe('the library', () => {
  it('opens no host for a snapshot', async () => {
    const snapshot = await readSnapshotFile(path);
    const platform = Object.getOwnPropertyDescriptor(process, 'platform');
    Object.defineProperty(process, 'platform', { value: 'sunos', configurable: true });
    try {
      const { listeners } = await listListeners({}, { snapshot });
      expect(listeners).not.toEqual([]);
    } finally {
      if (platform !== undefined) Object.defineProperty(process, 'platform', platform);
    }
  });

  it('refuses to watch what never changes', async () => {
    const snapshot = await readSnapshotFile(path);
    await expect(watchListeners({}, { snapshot }).next()).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});
