import { pathToFileURL } from 'node:url';
import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { withLock } from './setup/lock.mjs';

/**
 * Makes a fresh checkout ready: dependencies installed, dist/ built. Takes some hundredths of a
 * second where nothing is to be done. Runs on Node 18: it is what brings the newer one. Throws
 * with what the failed step wrote.
 */
export const setUp = () =>
  withLock(say, async () => {
    await installDependencies(say);
    await build(say);
  });

const say = (line) => process.stderr.write(`setup: ${line}\n`);

/** Ends the process with one line, or the failed tool's output, instead of a stack trace. */
export const failWith = (error) => {
  process.stderr.write(`setup: ${error.message}\n`);
  process.exitCode = 1;
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp().catch(failWith);
}
