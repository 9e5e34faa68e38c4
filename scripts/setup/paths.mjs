import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The launcher of the CLI. */
export const launcher = join(root, 'bin', 'homeport.js');

/**
 * The Node that this checkout is built, run and tested with: the one that the workspace
 * tools/node-runtime installs, else the present one where it is recent enough. Throws where
 * there is neither.
 */
export const nodeRuntime = () => {
  const name = `node-${process.platform}-${process.arch}`;
  const brought = join(root, 'node_modules', name, 'bin', 'node');
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `npm has no ${name} package, and this is Node ${process.versions.node}: install Node 24`,
  );
};
