import { constants, fstatSync, mkdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { homeportError } from '../../model/error.ts';
import { checkOwn, closing, openOwn } from './own-path.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder that Homeport keeps its state in: `HOMEPORT_STATE`, else `homeport` below
 * `XDG_STATE_HOME`, else below `~/.local/state` (XDG Base Directory Specification 0.8, which has
 * relative paths ignored). Throws `refused` where no home is known.
 */
export const stateFolder = (environment: Environment, home: () => string): string => {
  const named = environment['HOMEPORT_STATE'];
  if (named !== undefined && named !== '') return resolve(named);
  const base = environment['XDG_STATE_HOME'];
  if (base !== undefined && isAbsolute(base)) return join(base, 'homeport');
  const own = home();
  if (!isAbsolute(own)) {
    throw homeportError('refused', 'no home folder is known to keep leases in', {
      hint: 'set HOMEPORT_STATE to a folder of your own',
    });
  }
  return join(own, '.local/state/homeport');
};

/** Makes the folder, mode 0700, where there is none, and checks that it is the user's own alone. */
export const makeStateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  checkStateFolder(folder);
};

/** Throws `refused` for a folder that is a link, another user's, or open to others' writing. */
export const checkStateFolder = (folder: string): void =>
  closing(openOwn(folder, constants.O_RDONLY | constants.O_DIRECTORY), (descriptor) => {
    const status = fstatSync(descriptor);
    checkOwn(folder, status);
    if ((status.mode & 0o022) !== 0) {
      throw homeportError('refused', `others can write into ${folder}`, {
        hint: `chmod 700 ${folder}`,
      });
    }
  });
