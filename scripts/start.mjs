import { constants } from 'node:os';
import { startPlayground } from '../playground/start.mjs';
import { failWith, setUp } from './setup.mjs';
import { launcher, nodeRuntime } from './setup/paths.mjs';
import { run } from './setup/run.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

/**
 * Sets the checkout up, then shows Homeport at work on three real services that talk to each
 * other. On a terminal they go on until Ctrl-C; else everything ends at once. Exit code: the worst of the
 * commands', or 128 + n after signal n.
 */
const start = async () => {
  await setUp();
  const signal = nextSignal();
  const playground = await startPlayground({ execPath: nodeRuntime(), say });
  try {
    process.exitCode = await Promise.race([show(playground.ports), signal.then(exitCodeOf)]);
    if (process.stdout.isTTY) await keepRunning(playground.ports, signal);
  } finally {
    await playground.stop();
  }
};

const show = async ({ web, auth, payments }) => {
  say(`Three services run now: web (${web}) calls auth (${auth}) and payments (${payments}).`);
  const codes = [await homeport('ls'), await homeport(`127.0.0.1:${web}`)];
  return Math.max(...codes);
};

const homeport = (...args) => {
  say(`\n$ homeport ${args.join(' ')}\n`);
  return run(nodeRuntime(), [launcher, ...args]);
};

/** Ctrl-C is the expected end here, and no failure. */
const keepRunning = async ({ web }, signal) => {
  say(`\nAsk on from another terminal: node bin/homeport.js 127.0.0.1:${web}`);
  say('The three services run until Ctrl-C.');
  const name = await signal;
  if (name !== 'SIGINT') process.exitCode = exitCodeOf(name);
};

const nextSignal = () =>
  new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => resolve(name));
  });

const exitCodeOf = (signal) => 128 + constants.signals[signal];

await start().catch(failWith);
