import type { PortFormat } from '../port-format.ts';
import { compose } from './compose.ts';
import { envFile } from './env-file.ts';
import { packageJson } from './package-json.ts';
import { procfile } from './procfile.ts';
import { scriptConfig } from './script-config.ts';

/** Every kind of file that ports are read from; the first that covers a name reads it. */
export const portFormats: readonly PortFormat[] = [
  envFile,
  packageJson,
  compose,
  procfile,
  scriptConfig,
];
