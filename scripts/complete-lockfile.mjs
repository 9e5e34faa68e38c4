import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup/paths.mjs';

/**
 * Adds what npm leaves out of a lockfile: packages for other platforms that its registry doesn't
 * hold. `npm ci` refuses a lockfile without them. `packages` is that of package-lock.json; returns
 * the same in npm's order, with an entry for each optional dependency.
 */
export const completePackages = (packages) => {
  const added = Object.fromEntries(
    missingOptionals(packages).map(({ name, version }) => [
      `node_modules/${name}`,
      entryOf(name, version),
    ]),
  );
  return Object.fromEntries(
    Object.entries({ ...packages, ...added }).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
};

/** The optional dependencies of locked packages that have no entry: `{ name, version }`. */
export const missingOptionals = (packages) =>
  Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(packages, path, name))
      .map(([name, version]) => ({ name, version })),
  );

const isLocked = (packages, path, name) =>
  `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages;

/** Such a package is named after its platform: `@scope/binding-linux-x64-musl`. */
const entryOf = (name, version) => {
  const [os, cpu, abi = ''] = name
    .replace(/^@[^/]+\//, '')
    .replace(/^binding-/, '')
    .split('-');
  const libc = os === 'linux' && abi !== '' ? [abi.startsWith('musl') ? 'musl' : 'glibc'] : null;
  return {
    version,
    cpu: [cpu],
    dev: true,
    ...(libc === null ? {} : { libc }),
    optional: true,
    os: [os],
  };
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const packages = completePackages(lock.packages);
  writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
}
