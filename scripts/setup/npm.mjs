import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runQuietly } from './run.mjs';

/** Runs npm in the checkout: `{ code, output }`. */
export const npm = (...args) => npmOf(...npmCommand())(...args);

/** The same for another npm: how it is run. */
export const npmOf =
  (command, ...first) =>
  (...args) =>
    runQuietly(command, [...first, ...args, ...cacheOption()]);

/** The npm that runs this script, else the one on the PATH. */
const npmCommand = () => {
  const script = process.env.npm_execpath;
  return script && /npm-cli\.c?js$/.test(script) ? [process.execPath, script] : ['npm'];
};

/** npm can't work without a cache: where the user's can't be written, the checkout keeps one. */
const cacheOption = () => {
  const usual = process.env.npm_config_cache ?? join(homeFolder(), '.npm');
  return isWritable(usual) ? [] : ['--cache', join(root, '.npm-cache')];
};

/** homedir() throws for a uid that the user database doesn't know. */
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
