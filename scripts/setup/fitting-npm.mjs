import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, npmOf } from './npm.mjs';
import { root } from './paths.mjs';

const folder = join(root, '.npm-first');

/**
 * Calls `work` with an npm that installs every package that fits this machine. npm leaves optional
 * packages out, native parts of the build tools among them, where the Node that runs it is older
 * than they ask for: on such a Node, a newer one is fetched first, with an npm of its own, and taken
 * away again at the end. `packages` are those of package-lock.json. Throws where that fails.
 */
export const withFittingNpm = async (packages, say, work) => {
  const name = `node-${process.platform}-${process.arch}`;
  const newer = packages[`node_modules/${name}`]?.version;
  if (takesEveryPackage(process.versions.node) || newer === undefined) return work(npm);
  say(`fetching Node ${newer}, as this is ${process.versions.node} …`);
  try {
    return await work(await fetchNpm(`${name}@${newer}`, join(name, 'bin', 'node')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What the optional packages of package-lock.json ask for in `engines`, taken together. */
export const takesEveryPackage = (version) => {
  const [major, minor] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
};

/** A Node must not come without its npm: a distribution's own npm finds its parts by a patched Node. */
const fetchNpm = async (nodePackage, node) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const place = ['--prefix', folder, '--no-save', '--no-package-lock'];
  const { code, output } = await npm('install', ...place, nodePackage, 'npm@11');
  if (code !== 0) throw new Error(`npm could not fetch ${nodePackage}:\n${output}`);
  const modules = join(folder, 'node_modules');
  return npmOf(join(modules, node), join(modules, 'npm', 'bin', 'npm-cli.js'));
};
