import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The branch that every made project is on. */
export const projectBranch = 'feature/basket';

/**
 * Copies a project of the fixtures into a folder of its own and makes it a git repository. With
 * `modules`, it finds the packages that this repository has. Gone after the test.
 */
export const makeProject = (name: 'shop-web' | 'shop-api', modules = false): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homeport-project-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, name);
  cpSync(join(import.meta.dirname, '../fixtures/projects', name), root, { recursive: true });
  execFileSync('git', ['init', '--quiet', `--initial-branch=${projectBranch}`, root]);
  if (modules) {
    symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
  }
  return root;
};
