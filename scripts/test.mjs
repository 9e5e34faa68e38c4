import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failWith, setUp } from './setup.mjs';
import { nodeRuntime, root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { installServers } from './test/servers.mjs';

const say = (line) => process.stderr.write(`test: ${line}\n`);

/** Sets the checkout and the servers up, runs the tests and ends with one plain line of counts. */
const test = async (filters) => {
  await setUp();
  await installServers(say);
  const { code, tally } = await runTests(filters);
  report(tally);
  process.exitCode = tally.failed > 0 ? 1 : code;
};

const runTests = async (filters) => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-test-'));
  const file = join(folder, 'tally.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const env = { ...process.env, HOMEPORT_TALLY: file };
    const code = await run(nodeRuntime(), [vitest, 'run', ...filters], { env });
    return { code, tally: readTally(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** No tally: the test runner itself broke down. */
const readTally = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
};

const report = ({ passed, failed, skipped }) => {
  for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
  const also = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  process.stdout.write(`${passed} passed, ${failed} failed${also}\n`);
};

await test(process.argv.slice(2)).catch((error) => {
  failWith(error);
  process.stdout.write('0 passed, 1 failed\n');
});
