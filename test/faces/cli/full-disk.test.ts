import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launcher } from '../../../scripts/setup/paths.mjs';
import { cliArguments } from './support/run-cli.ts';

const proc = join(import.meta.dirname, '../../fixtures/machine-basic/proc');

/** Runs Node with its output going to a device on which no space is left (full(4)). */
const runFull = async (args: readonly string[], fullErr = false) => {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, args, {
    env: { ...process.env, HOMEPORT_PROC: proc },
    stdio: ['ignore', full, fullErr ? full : 'pipe'],
  });
  closeSync(full);
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, err };
};

const lines =
  'homeport: the output could not be written (ENOSPC)\nhint: no space is left where it goes\n';

describe.skipIf(!existsSync('/dev/full'))('where no space is left (needs /dev/full)', () => {
  it.each([[['ls']], [['ls', '--all', '--json']], [['80']], [['snapshot']], [['--help']]])(
    '%j says so in a line and ends with 1',
    async (words) => {
      const { code, err } = await runFull(cliArguments(...words));
      expect(code).toBe(1);
      if (words.includes('--json')) expect(JSON.parse(err).error.code).toBe('output-failed');
      else expect(err).toBe(lines);
    },
  );

  it('--version of the launcher too', async () => {
    expect(await runFull([launcher, '--version'])).toEqual({
      code: 1,
      err: 'homeport: the output could not be written (ENOSPC)\n',
    });
  });

  it('ends with 1 also where the reason can’t be written either', async () => {
    expect(await runFull(cliArguments('ls'), true)).toEqual({ code: 1, err: '' });
  });
});
