import { npm } from './npm.mjs';

/** Makes the tarball that would be published, as the only file of `folder`: `{ code, output }`. */
export const pack = (folder) => npm('pack', '--pack-destination', folder, '--loglevel', 'error');
