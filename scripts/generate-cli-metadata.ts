import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildCommandLine } from './cli-metadata.ts';

const path = fileURLToPath(new URL('../src/faces/cli/generated/verbs.ts', import.meta.url));

writeFileSync(
  path,
  `import type { CommandLine } from '../verb.ts';

/** Made by scripts/generate-cli-metadata.ts from the operations' schemas; not written by hand. */
export const commandLine: CommandLine = ${JSON.stringify(buildCommandLine(), null, 2)};
`,
);
execFileSync(fileURLToPath(new URL('../node_modules/.bin/oxfmt', import.meta.url)), [path], {
  stdio: 'inherit',
});
