#!/usr/bin/env node
// Plain JavaScript that Node 18 can parse: it has to run where Homeport itself can't. CommonJS
// (bin/package.json), as the loader of ESM alone takes a tenth of the start.
const { existsSync, mkdirSync, readFileSync, statSync, writeSync } = require('node:fs');
const { isAbsolute, join } = require('node:path');

const root = join(__dirname, '..');
const required = [22, 13];
/** Exit code 70: a fault of Homeport or of its installation, not of what the user asked. */
const exitFault = 70;

void launch(process.argv.slice(2));

/** Answers `--version` at once; else runs the CLI on this Node, or on the repository's own. */
function launch(argv) {
  if (argv.length === 1 && argv[0] === '--version') return printVersion();
  if (!isRecent(process.versions.node)) return handOver(argv);
  if (!existsSync(join(root, 'dist', 'cli.cjs'))) return fail(whatIsMissing());
  return runHere(argv);
}

function printVersion() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  try {
    // The stream would cost more than all the rest.
    writeSync(1, `${manifest.version}\n`);
  } catch (error) {
    // EPIPE: nobody reads it.
    if (error.code !== 'EPIPE') fail(`the output could not be written (${error.code})`, 1);
  }
}

function isRecent(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > required[0] || (major === required[0] && minor >= required[1]);
}

function whatIsMissing() {
  return existsSync(join(root, 'src'))
    ? 'not built yet: run `npm start` in the checkout once'
    : 'dist/cli.cjs is missing: install homeport again';
}

async function runHere(argv) {
  keepCompiledCode();
  // resolv.conf(5): a name server that is dead would hold glibc, and with it the end of this process,
  // for ten seconds; nobody here waits for it longer than three.
  process.env.RES_OPTIONS ??= 'timeout:3 attempts:1';
  try {
    const { main } = require('../dist/cli.cjs');
    process.exitCode = await main(argv);
  } catch (error) {
    fail(
      process.env.HOMEPORT_DEBUG ? String(error?.stack ?? error) : String(error?.message ?? error),
    );
  }
}

/** Keeps compiled code for the next start; where no folder can be had, a start is only slower. */
function keepCompiledCode() {
  try {
    const given = process.env.XDG_CACHE_HOME ?? '';
    const cache = isAbsolute(given) ? given : join(require('node:os').homedir(), '.cache');
    const folder = join(cache, 'homeport');
    if (isOwnFolder(cache) && isOwnFolder(folder)) {
      require('node:module').enableCompileCache(folder);
    }
  } catch {
    // No home, or a file in the way.
  }
}

/**
 * Makes a folder of one level, as Node's own way of making several never ends below /proc. Code
 * from a folder of another user's is not run: under sudo, that would make them root.
 */
function isOwnFolder(path) {
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
  return statSync(path).uid === process.getuid?.();
}

/** On a Node that is too old: runs the same command on the Node that the checkout brought along. */
function handOver(argv) {
  const name = `node-${process.platform}-${process.arch}`;
  const newer = join(root, 'node_modules', name, 'bin', 'node');
  if (!existsSync(newer)) return fail(whichNodeIsNeeded());
  const { spawn } = require('node:child_process');
  // Before the start: the child may be signalled as soon as it runs, and this process with it.
  passSignalsOn((signal) => child.kill(signal));
  const child = spawn(newer, [__filename, ...argv], { stdio: 'inherit' });
  child.on('error', (error) => fail(`${newer} does not start: ${error.message}`));
  child.on('exit', (code, signal) => endLike(code, signal));
}

function whichNodeIsNeeded() {
  const need = `Node ${required.join('.')} or newer is needed, this is ${process.versions.node}`;
  return `${need}: get it from https://nodejs.org or with \`npx -p node@24 homeport\``;
}

function passSignalsOn(send) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // The terminal sends Ctrl-C to the child as well: twice would mean "at once" to it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) send(signal);
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

function fail(reason, exitCode = exitFault) {
  process.stderr.write(`homeport: ${reason}\n`);
  process.exitCode = exitCode;
}
