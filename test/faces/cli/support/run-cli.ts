import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../../src/faces/cli/main.ts', import.meta.url));
const launch = `import { main } from ${JSON.stringify(main)}; process.exitCode = await main(process.argv.slice(1));`;

/** How a run of the command line ended. */
export type CliRun = { readonly code: number | null; readonly out: string; readonly err: string };

/** Node's arguments that run the command line from its sources. */
export const cliArguments = (...argv: string[]): string[] => [
  '--input-type=module',
  '--eval',
  launch,
  '--',
  ...argv,
];

/** Runs the command line in a process of its own. */
export const runCli = async (
  argv: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<CliRun> => {
  const child = spawn(process.execPath, cliArguments(...argv), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, ...text };
};
