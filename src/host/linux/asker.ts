import { accessSync, constants } from 'node:fs';
import { type Known, unknown } from '../../model/known.ts';
import type { Asker, ProxyVariables } from '../../model/network.ts';
import { proxyVariables } from '../../model/process.ts';
import { blankUserInfo } from '../blank-user-info.ts';
import { reasonOf } from './errno.ts';
import type { FileReader } from './file-reader.ts';
import { parseOpenFileLimit } from './process-fields.ts';
import type { KernelRoot } from './root.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads what of this process's surroundings bears on connections. The limit of open files is the soft
 * one of who started it, a shell as a rule: Node raises its own to the hard one at its start.
 */
export const readAsker = (
  root: KernelRoot,
  read: FileReader,
  environment: Environment = process.env,
): Asker => ({
  uid: process.getuid?.() ?? 0,
  workingDirectory: workingDirectory(),
  proxies: proxiesOf(environment),
  extraCaCerts: extraCaCerts(environment['NODE_EXTRA_CA_CERTS']),
  openFileLimit: openFileLimit(read(`${root.proc}/${process.ppid}/limits`)),
});

const workingDirectory = (): string | null => {
  try {
    return process.cwd();
  } catch {
    return null;
  }
};

const proxiesOf = (environment: Environment): ProxyVariables =>
  Object.fromEntries(
    proxyVariables.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, blankUserInfo(value)]];
    }),
  );

const extraCaCerts = (path: string | undefined): Asker['extraCaCerts'] =>
  path === undefined || path === '' ? null : { path, readable: isReadable(path) };

const isReadable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
};

const openFileLimit = (content: Buffer | number): Known<number> =>
  typeof content === 'number' ? unknown(reasonOf(content)) : parseOpenFileLimit(content);
