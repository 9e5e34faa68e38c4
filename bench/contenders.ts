import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from './measure.ts';

const root = join(import.meta.dirname, '..');
export const launcher = join(root, 'bin/homeport.js');
const portWhisperer = join(root, 'node_modules/port-whisperer/src/index.js');

/** Homeport as a user runs it, on the Node that runs the bench. */
export const homeport = (...words: string[]): Contender => ({
  name: `homeport ${words.join(' ')}`,
  command: [process.execPath, launcher, ...words],
});

/** What any Node program costs before its first line. */
export const bareNode: Contender = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };

/** The tools people use today, as far as they are installed. */
export const peers = (): readonly Contender[] =>
  known.filter(({ command }) => isInstalled(command));

const known: readonly Contender[] = [
  { name: 'ss -tulnpe', command: ['ss', '-tulnpe'] },
  { name: 'lsof -nP -i', command: ['lsof', '-nP', '-i'] },
  { name: 'netstat -tulnp', command: ['netstat', '-tulnp'] },
  { name: 'port-whisperer', command: [process.execPath, portWhisperer, '--all'], rounds: 1 },
];

const isInstalled = ([file, script]: Contender['command']): boolean =>
  file === process.execPath ? existsSync(script ?? '') : isOnPath(file);

const isOnPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
