import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeRuntime, root } from './paths.mjs';
import { replaceFiles } from './replace-files.mjs';
import { runQuietly } from './run.mjs';

const stampFile = join(root, 'node_modules', '.cache', 'homeport', 'built-from');
const inputs = ['src', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsdown.config.ts'];
const aside = join(root, '.dist-new');
const entries = ['cli.cjs', 'index.js', 'index.d.ts'];

/**
 * Builds dist/ from src/; does nothing where dist/ was built from these very sources. Builds aside,
 * so that dist/ can be used all the while, and stays what it was where the build fails.
 */
export const build = async (say) => {
  const digest = digestOf(inputs);
  if (isBuiltFrom(digest)) return;
  say('building …');
  rmSync(aside, { recursive: true, force: true });
  const bundler = join(root, 'node_modules', 'tsdown', 'dist', 'run.mjs');
  const { code, output } = await runQuietly(nodeRuntime(), [bundler, '--out-dir', aside]);
  if (code !== 0) throw new Error(`the build failed:\n${output}`);
  // Without a stamp whatever an interruption leaves is built anew.
  rmSync(stampFile, { force: true });
  replaceFiles(aside, join(root, 'dist'), entries);
  mkdirSync(join(stampFile, '..'), { recursive: true });
  writeFileSync(stampFile, digest);
};

const isBuiltFrom = (digest) =>
  existsSync(join(root, 'dist', 'cli.cjs')) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, 'utf8') === digest;

/** One digest of names and contents: a clock that jumps or a checkout of old files can't fool it. */
const digestOf = (names) => {
  const hash = createHash('sha256');
  for (const file of names.flatMap(filesBelow)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
};

const filesBelow = (name) => {
  if (!existsSync(join(root, name))) return [];
  return readdirOrNull(name)?.flatMap((entry) => filesBelow(join(name, entry))) ?? [name];
};

const readdirOrNull = (name) => {
  try {
    return readdirSync(join(root, name)).sort();
  } catch {
    return null;
  }
};
