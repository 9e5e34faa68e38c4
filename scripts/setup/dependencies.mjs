import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runQuietly } from './run.mjs';

/** Installs what package-lock.json says with `npm ci`; does nothing where it is installed. */
export const installDependencies = async (say) => {
  if (isInstalled(readPackages('package-lock.json'), installedPackages())) return;
  say('installing dependencies (npm ci) …');
  const [command, ...args] = npmCommand();
  const { code, output } = await runQuietly(command, [...args, 'ci', ...cacheOption()]);
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

/** The npm that runs this script, else the one on the PATH. */
const npmCommand = () => {
  const script = process.env.npm_execpath;
  return script && /npm-cli\.c?js$/.test(script) ? [process.execPath, script] : ['npm'];
};

/** npm can't install without a cache: where the user's can't be written, the checkout keeps one. */
const cacheOption = () => {
  const usual = process.env.npm_config_cache ?? join(homeFolder(), '.npm');
  return isWritable(usual) ? [] : ['--cache', join(root, 'node_modules', '.cache', 'npm')];
};

const homeFolder = () => {
  try {
    return homedir();
  } catch {
    return '/nonexistent';
  }
};

const isWritable = (folder) => {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};
