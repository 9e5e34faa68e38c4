import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nodeRuntime, root } from '../../scripts/setup/paths.mjs';
import { runQuietly } from '../../scripts/setup/run.mjs';

const tests = {
  'mixed.test.ts': `
    import { describe, expect, it } from 'vitest';
    it('holds', () => expect(1).toBe(1));
    it('does not', () => expect(1).toBe(2));
    describe.skipIf(true)('as root', () => it('binds port 80', () => {}));
    it('asks nginx', (context) => context.skip('nginx is not installed'));
  `,
  'broken.test.ts': "import './nowhere.ts';\n",
};

it('counts passed, failed, files that do not load, and names the skipped with their reason', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-tally-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'test/a'), { recursive: true });
    for (const [name, text] of Object.entries(tests)) {
      writeFileSync(join(folder, 'test/a', name), text);
    }
    const tally = join(folder, 'tally.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const config = ['--root', folder, '--config', join(root, 'vitest.config.ts')];
    const env = { ...process.env, HOMEPORT_TALLY: tally };
    await runQuietly(nodeRuntime(), [vitest, 'run', ...config], { env });
    expect(JSON.parse(readFileSync(tally, 'utf8'))).toEqual({
      passed: 1,
      failed: 2,
      skipped: [
        'test/a/mixed.test.ts: as root > binds port 80',
        'test/a/mixed.test.ts: asks nginx (nginx is not installed)',
      ],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
