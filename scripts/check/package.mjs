import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../setup/pack.mjs';

/** Packs the package as npm would publish it, and has it looked over by publint and attw. */
export const checkPackage = async (tool) => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-package-'));
  try {
    const packed = await pack(folder);
    if (packed.code !== 0) return packed;
    const tarball = join(folder, readdirSync(folder)[0]);
    return worst(
      await tool('publint', 'src/cli.js', 'run', tarball, '--strict'),
      await tool(
        '@arethetypeswrong/cli',
        'dist/index.js',
        tarball,
        '--profile',
        'esm-only',
        '--no-definitely-typed',
        '--format',
        'ascii',
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const worst = (...results) => ({
  code: Math.max(...results.map(({ code }) => code)),
  output: results.map(({ output }) => output).join('\n'),
});
