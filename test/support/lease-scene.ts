import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { openHost } from '../../src/host/open-host.ts';
import type { LiveContext } from '../../src/operations/operation.ts';
import { makeFolder } from './make-folder.ts';

const state = process.env['HOMEPORT_STATE'];

/** Gives each test leases of its own; they go with the test. */
export const ownLeases = (): void => {
  beforeEach(() => {
    process.env['HOMEPORT_STATE'] = join(makeFolder(), 'state');
  });
  afterEach(() => {
    if (state === undefined) delete process.env['HOMEPORT_STATE'];
    else process.env['HOMEPORT_STATE'] = state;
    delete process.env['HOMEPORT_NO_FFI'];
  });
};

/** The path of the file of a test's leases. */
export const leasesFile = (): string => join(process.env['HOMEPORT_STATE'] ?? '', 'leases.json');

/** This machine, read afresh. */
export const liveContext = (now = Date.now): LiveContext => ({
  host: openHost(),
  signal: new AbortController().signal,
  now,
});

/** A folder with a package.json of that name, and no git. */
export const makePackage = (name: string, parent = makeFolder()): string => {
  const folder = join(parent, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name }));
  return folder;
};

/** A git repository with one commit, and a linked worktree `fix` of it. */
export const makeWorktrees = (): { readonly main: string; readonly linked: string } => {
  const parent = makeFolder();
  const main = makePackage('shop', parent);
  const linked = join(parent, 'fix');
  const git = (...words: readonly string[]): void => {
    execFileSync('git', ['-C', main, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words]);
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=first');
  git('worktree', 'add', '--quiet', linked);
  return { main, linked };
};
