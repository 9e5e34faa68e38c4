import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { root } from './paths.mjs';

/** Installs what package-lock.json says with `npm ci`; does nothing where it is installed. */
export const installDependencies = async (say) => {
  if (isInstalled(readPackages('package-lock.json'), installedPackages())) return;
  say('installing dependencies (npm ci) …');
  const { code, output } = await npm('ci', '--include=dev', '--include=optional');
  if (code !== 0) throw new Error(`npm ci failed:\n${output}`);
};

/**
 * Tells whether every package of the lockfile is installed in its version. Optional ones may be
 * missing: they are for other platforms. `wanted` and `installed` are the `packages` of
 * package-lock.json and of node_modules/.package-lock.json, which npm writes as its last step.
 */
export const isInstalled = (wanted, installed) =>
  Object.entries(wanted)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link)
    .every(([path, entry]) =>
      installed[path] ? installed[path].version === entry.version : entry.optional === true,
    );

const installedPackages = () => {
  const file = join('node_modules', '.package-lock.json');
  return existsSync(join(root, file)) ? readPackages(file) : {};
};

const readPackages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
