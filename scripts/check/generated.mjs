import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { nodeRuntime, root } from '../setup/paths.mjs';
import { runQuietly } from '../setup/run.mjs';

/** Runs the generators afresh and says which committed files they change: those were out of date. */
export const checkGenerated = async (generators) => {
  const before = await fingerprint();
  for (const name of generators) {
    const result = await runQuietly(nodeRuntime(), [join(root, 'scripts', name)]);
    if (result.code !== 0) return { code: 1, output: `${name} failed:\n${result.output}` };
  }
  if ((await fingerprint()) === before)
    return { code: 0, output: `${generators.length} generators` };
  return { code: 1, output: 'some were out of date and are made anew now: look at `git diff`' };
};

/** Of all that differs from the last commit: only a generator can change it meanwhile. */
const fingerprint = async () => {
  const { output } = await runQuietly('git', [
    'diff',
    '--binary',
    'HEAD',
    '--',
    'src',
    'man',
    'docs',
  ]);
  const others = await runQuietly('git', ['status', '--porcelain', '--', 'src', 'man', 'docs']);
  return createHash('sha256').update(output).update(others.output).digest('hex');
};
