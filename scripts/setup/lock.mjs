import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './paths.mjs';

const file = join(root, '.setup.lock');

/**
 * Runs `work` while no other set-up of this checkout runs: `npm start` and `npm test` in two
 * terminals must not install into one node_modules. A lock of a process that ended is taken over.
 */
export const withLock = async (say, work) => {
  await takeLock(say);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
};

const takeLock = async (say) => {
  for (let attempt = 0; !tryLock(); attempt += 1) {
    if (attempt === 0) say('waiting for another set-up of this checkout …');
    if (!isAlive(holder())) rmSync(file, { force: true });
    else await delay(200);
  }
};

const tryLock = () => {
  try {
    const descriptor = openSync(file, 'wx');
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
};

/** NaN while the other has made the file and not yet written its pid into it. */
const holder = () => {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
};

const isAlive = (pid) => {
  if (Number.isNaN(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};
