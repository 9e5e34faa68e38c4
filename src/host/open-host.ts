import { homeportError } from '../model/error.ts';
import type { Host } from './host.ts';
import { linuxHost } from './linux/linux-host.ts';

/** The machine Homeport runs on. Throws `unsupported` on a platform that it can't read yet. */
export const openHost = (): Host => {
  if (process.platform === 'linux') return linuxHost();
  throw homeportError('unsupported', `Homeport can't read ${process.platform} yet`, {
    hint: 'it runs on Linux',
  });
};
