import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeRuntime, root } from './paths.mjs';
import { runQuietly } from './run.mjs';

const stampFile = join(root, 'node_modules', '.cache', 'homeport', 'built-from');
const inputs = ['src', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsdown.config.ts'];

/** Builds dist/ from src/; does nothing where dist/ was built from these very sources. */
export const build = async (say) => {
  const digest = digestOf(inputs);
  if (isBuiltFrom(digest)) return;
  say('building …');
  const { code, output } = await runQuietly(nodeRuntime(), [
    join(root, 'node_modules', 'tsdown', 'dist', 'run.mjs'),
  ]);
  if (code !== 0) throw new Error(`the build failed:\n${output}`);
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
