import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBook } from '../../src/ports/book.ts';
import { findProgram } from '../support/find-program.ts';
import { isRoot, launcher } from '../support/launcher.ts';
import { makeFolder } from '../support/make-folder.ts';
import { leasesFile, makePackage, ownLeases } from '../support/lease-scene.ts';

ownLeases();

const run = (file: string, words: readonly string[]) => {
  const { status, signal, stdout, stderr } = spawnSync(file, words, {
    encoding: 'utf8',
    env: process.env,
  });
  return { code: status, signal, out: stdout, err: stderr };
};

const homeport = (...words: readonly string[]) => run(process.execPath, [launcher, ...words]);

/** The services in the file, sorted; fails where it can't be read. */
const servicesKept = (): readonly string[] => {
  const reading = readBook(readFileSync(leasesFile()));
  if (reading.kind === 'damaged') throw new Error(reading.why);
  return reading.book.leases.map(({ service }) => service).toSorted();
};

const strace = findProgram('strace');
const canTrace =
  strace !== null && spawnSync(strace, ['-qq', '-e', 'trace=none', 'true']).status === 0;

/** Every call that looks at or changes the leases' files. strace counts each of them by itself. */
const calls = ['openat', 'mkdir', 'flock', 'unlink', 'fchmod', 'write', 'fsync', 'rename'];

/** Runs the command with a fault put into a call that touches the leases' files. */
const withFault = (set: string, fault: string, words: readonly string[]) => {
  const folder = dirname(leasesFile());
  const names = ['leases.json', 'leases.json.new', 'leases.lock'].map((name) => join(folder, name));
  const paths = [folder, ...names].flatMap((path) => ['-P', path]);
  return run(strace ?? 'strace', [
    '-fqq',
    '--output=/dev/null',
    '--signal=none',
    ...paths,
    `--trace=${set}`,
    `--inject=${set}:${fault}`,
    process.execPath,
    launcher,
    ...words,
  ]);
};

describe.skipIf(!canTrace)('faults put into system calls (strace)', () => {
  /** Kills `port NAME` at each such call in turn; resolves to how often it was killed at which. */
  const killEverywhere = (folder: string, look: (service: string) => void) => {
    const killed: Record<string, number> = {};
    for (const call of calls) {
      for (let count = 1; count < 20; count += 1) {
        const service = `${call}-${count}`;
        const words = ['port', service, '-C', folder];
        const { code, signal } = withFault(call, `signal=SIGKILL:when=${count}`, words);
        look(service);
        if (code === 0) break;
        expect(signal === 'SIGKILL' || code === 137).toBe(true);
        killed[call] = count;
      }
    }
    return killed;
  };

  it('SIGKILL at every write, fsync and rename leaves the old file or the new one', () => {
    const folder = makePackage('shop');
    expect(homeport('port', 'old', '-C', folder).code).toBe(0);
    const seen = new Set<string>();
    let before = servicesKept();
    const killed = killEverywhere(folder, (service) => {
      const kept = servicesKept();
      const withNew = [...before, service].toSorted();
      expect([before, withNew]).toContainEqual(kept);
      seen.add(kept.includes(service) ? 'new' : 'old');
      before = kept;
    });
    expect(killed).toMatchObject({ openat: 7, write: 1, fsync: 2, rename: 1 });
    expect(seen).toEqual(new Set(['old', 'new']));
    expect(homeport('port', 'last', '-C', folder)).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(dirname(leasesFile())).sort()).toEqual(['leases.json', 'leases.lock']);
  }, 180_000);

  it('SIGKILL at any of them before there is a file leaves none, or a whole one', () => {
    const folder = makePackage('shop');
    const killed = killEverywhere(folder, (service) => {
      if (existsSync(leasesFile())) expect(servicesKept()).toEqual([service]);
      rmSync(dirname(leasesFile()), { recursive: true, force: true });
    });
    expect(killed).toMatchObject({ mkdir: 1, write: 1, fsync: 2, rename: 1 });
    expect(homeport('port', 'web', '-C', folder)).toMatchObject({ code: 0, err: '' });
  }, 180_000);

  it.each([
    ['write', 'ENOSPC', 'no space is left'],
    ['write', 'EIO', 'the disk reports an error'],
    ['fsync', 'EIO', 'the disk reports an error'],
    ['fsync', 'EDQUOT', 'the disk quota is used up'],
    ['rename', 'EIO', 'the disk reports an error'],
  ])('%s that fails with %s is told, and the old file is there', (set, error, told) => {
    const folder = makePackage('shop');
    expect(homeport('port', 'old', '-C', folder).code).toBe(0);
    const before = readFileSync(leasesFile());
    const fault = `error=${error}:when=1`;
    const { code, out, err } = withFault(set, fault, ['port', 'web', '-C', folder]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`leases.json could not be written (${error})`);
    expect(err).toContain(told);
    expect(readFileSync(leasesFile())).toEqual(before);
    expect(readdirSync(dirname(leasesFile())).sort()).toEqual(['leases.json', 'leases.lock']);
  });
});

describe.skipIf(!isRoot)('a full disk, in a mount namespace of its own (root)', () => {
  it('is told, and the old file is there', () => {
    const folder = makePackage('shop');
    const state = join(makeFolder(), 'small');
    mkdirSync(state, { mode: 0o700 });
    const node = `"${process.execPath}" "${launcher}"`;
    const script = [
      'set -e',
      `mount -t tmpfs -o size=16k,mode=0700 none "${state}"`,
      `export HOMEPORT_STATE="${state}"`,
      `${node} port old -C "${folder}" >/dev/null`,
      `cp "${state}/leases.json" "$1"`,
      `dd if=/dev/zero of="${state}/filler" bs=1k 2>/dev/null || true`,
      `${node} port web -C "${folder}" && exit 9 || echo "ended $?"`,
      `cmp "${state}/leases.json" "$1"`,
      `test ! -e "${state}/leases.json.new"`,
      `rm "${state}/filler"`,
      `${node} port web -C "${folder}" >/dev/null`,
      'echo recovered',
    ].join('\n');
    const copy = join(makeFolder(), 'copy');
    const { out, err } = run('unshare', ['--mount', 'sh', '-c', script, 'sh', copy]);
    expect(out).toBe('ended 1\nrecovered\n');
    expect(err).toContain('could not be written (ENOSPC)');
    expect(err).toContain('no space is left there; nothing was changed');
  });
});

describe.skipIf(!isRoot)('another user (root can become one)', () => {
  it('has no part in the leases of this one', () => {
    const folder = makePackage('shop');
    expect(homeport('port', 'web', '-C', folder).code).toBe(0);
    const ids = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
    const { code, err } = run('setpriv', [...ids, process.execPath, launcher, 'port', 'ls']);
    expect(code).toBe(3);
    expect(err).toMatch(/could not be read \(EACCES\)/);
  });

  it('is told that the folder is not theirs', () => {
    const state = dirname(leasesFile());
    mkdirSync(state, { mode: 0o755 });
    writeFileSync(leasesFile(), '{"version":1,"leases":[],"addresses":[]}', { mode: 0o644 });
    execFileSync('chown', ['-R', '65534:65534', state]);
    const { code, err } = homeport('port', 'ls');
    expect(code).toBe(4);
    expect(err).toMatch(/belongs to user 65534, not to 0\nhint: run it without sudo/);
  });
});
