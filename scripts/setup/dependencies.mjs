import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFittingNpm } from './fitting-npm.mjs';
import { root } from './paths.mjs';

/** Installs what package-lock.json says with `npm ci`; does nothing where it is installed. */
export const installDependencies = async (say) => {
  const packages = readPackages('package-lock.json');
  if (isInstalled(packages, installedPackages())) return;
  await withFittingNpm(packages, say, async (npm) => {
    say('installing dependencies (npm ci) …');
    const { code, output } = await npm('ci', '--include=dev', '--include=optional');
    if (code !== 0) throw new Error(`npm ci failed:\n${output}`);
  });
};

/**
 * Tells whether every package of the lockfile is installed in its version. Optional ones may be
 * missing, but not those for this platform: an npm on an older Node leaves them out. `wanted` and `installed` are the `packages` of
 * package-lock.json and of node_modules/.package-lock.json, which npm writes as its last step.
 */
export const isInstalled = (wanted, installed) =>
  Object.entries(wanted)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link)
    .every(([path, entry]) =>
      installed[path]
        ? installed[path].version === entry.version
        : entry.optional === true && !isForHere(entry),
    );

/** What names no platform is a part of something that does, and may be missing with it. */
const isForHere = ({ os, cpu, libc }) =>
  os?.includes(process.platform) === true &&
  cpu?.includes(process.arch) === true &&
  (libc === undefined || libc.includes(libcOfHere()));

const libcOfHere = () =>
  process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';

const installedPackages = () => {
  const file = join('node_modules', '.package-lock.json');
  return existsSync(join(root, file)) ? readPackages(file) : {};
};

const readPackages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
