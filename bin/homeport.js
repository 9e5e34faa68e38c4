#!/usr/bin/env node
// Plain JavaScript that Node 18 can parse: it has to run where Homeport itself can't.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import module from 'node:module';

const root = fileURLToPath(new URL('..', import.meta.url));
const required = [22, 13];
/** Exit code 70: a fault of Homeport or of its installation, not of what the user asked. */
const exitFault = 70;

await launch(process.argv.slice(2));

/** Answers `--version` at once; else runs the CLI on this Node, or on the repository's own. */
function launch(argv) {
  if (argv.length === 1 && argv[0] === '--version') return printVersion();
  if (!isRecent(process.versions.node)) return handOver(argv);
  if (!existsSync(join(root, 'dist', 'cli.js'))) return fail(whatIsMissing());
  return runHere(argv);
}

function printVersion() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  process.stdout.write(`${manifest.version}\n`);
}

function isRecent(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > required[0] || (major === required[0] && minor >= required[1]);
}

function whatIsMissing() {
  return existsSync(join(root, 'src'))
    ? 'not built yet: run `npm start` in the checkout once'
    : 'dist/cli.js is missing: install homeport again';
}

async function runHere(argv) {
  keepCompiledCode();
  try {
    const { main } = await import('../dist/cli.js');
    process.exitCode = await main(argv);
  } catch (error) {
    fail(
      process.env.HOMEPORT_DEBUG ? String(error?.stack ?? error) : String(error?.message ?? error),
    );
  }
}

/** A folder that can't be written only makes the start slower: Node reports that in its result. */
function keepCompiledCode() {
  try {
    const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    module.enableCompileCache(join(cache, 'homeport'));
  } catch {
    // homedir() throws for a uid that the user database doesn't know and that has no HOME.
  }
}

/** On a Node that is too old: runs the same command on the Node that the checkout brought along. */
async function handOver(argv) {
  const name = `node-${process.platform}-${process.arch}`;
  const newer = join(root, 'node_modules', name, 'bin', 'node');
  if (!existsSync(newer)) return fail(whichNodeIsNeeded());
  const { spawn } = await import('node:child_process');
  const child = spawn(newer, [fileURLToPath(import.meta.url), ...argv], { stdio: 'inherit' });
  child.on('error', (error) => fail(`${newer} does not start: ${error.message}`));
  passSignalsOn(child);
  child.on('exit', (code, signal) => endLike(code, signal));
}

function whichNodeIsNeeded() {
  const need = `Node ${required.join('.')} or newer is needed, this is ${process.versions.node}`;
  return `${need}: get it from https://nodejs.org or with \`npx -p node@24 homeport\``;
}

function passSignalsOn(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // The terminal sends Ctrl-C to the child as well: twice would mean "at once" to it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
}

/** Ends as the child did, so that a shell sees the same status. */
function endLike(code, signal) {
  if (signal === null) {
    process.exitCode = code;
    return;
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function fail(reason) {
  process.stderr.write(`homeport: ${reason}\n`);
  process.exitCode = exitFault;
}
