import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage } from './check/package.mjs';
import { checkGenerated } from './check/generated.mjs';
import { checkLayers } from './check/layers.mjs';
import { failWith, setUp } from './setup.mjs';
import { nodeRuntime, root } from './setup/paths.mjs';
import { runQuietly } from './setup/run.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

/** Runs a tool of node_modules with the repository's Node. */
const tool = (name, script, ...args) =>
  runQuietly(nodeRuntime(), [join(root, 'node_modules', name, script), ...args]);

/** What each step runs; each resolves with `{ code, output }`. */
const steps = {
  format: () => tool('oxfmt', 'bin/oxfmt', '--check', '.'),
  lint: () => tool('oxlint', 'bin/oxlint', '--deny-warnings', ...lintedFolders()),
  types: () => tool('typescript', 'bin/tsc', '--project', '.', '--pretty', 'false'),
  layers: () => checkLayers(tool),
  house: () => runQuietly(nodeRuntime(), ['scripts/lint/main.ts']),
  'dead code': () => tool('knip', 'bin/knip.js', '--no-progress'),
  generated: () => checkGenerated(generators()),
  package: () => checkPackage(tool),
};

/** Named one by one: oxlint would follow the links that lead out of the fixtures' fake /proc. */
const lintedFolders = () =>
  ['bench', 'bin', 'playground', 'scripts', 'src'].concat(
    readdirSync(join(root, 'test'))
      .filter((name) => name !== 'fixtures')
      .map((name) => join('test', name)),
  );

const generators = () =>
  readdirSync(join(root, 'scripts')).filter((name) => name.startsWith('generate-'));

/** Runs every check, shows what each found, and ends with how many hold. */
const check = async () => {
  await setUp();
  const failed = [];
  for (const [name, step] of Object.entries(steps)) {
    if (!(await holds(name, step))) failed.push(name);
  }
  const passed = Object.keys(steps).length - failed.length;
  if (failed.length > 0) say(`\nfailed: ${failed.join(', ')}`);
  say(`${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
};

const holds = async (name, step) => {
  const begin = Date.now();
  const { code, output } = await step();
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  say(`\n## ${name}: ${code === 0 ? 'holds' : 'FAILS'} (${seconds} s)`);
  if (output.trim() !== '') say(output.trim());
  return code === 0;
};

await check().catch(failWith);
