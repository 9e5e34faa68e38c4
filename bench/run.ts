import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bareNode, homeport, launcher, peers } from './contenders.ts';
import { env, median, output, race, startUntilReady, timeOnce, type Timing } from './measure.ts';
import { printProfile, profile } from './profile.ts';
import { type Goal, printGoals, printRace } from './report.ts';
import { watchShare } from './watch-share.ts';

/* Side by side in one run, ratios printed: `npm run bench`, `npm run bench -- --quick`. */

const build = join(import.meta.dirname, 'build');
const populate = join(build, 'populate');
const reader = join(build, 'reader');
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const rounds = values.quick ? 5 : 15;

const main = async (): Promise<void> => {
  compile();
  const goals = [
    ...startUp(),
    ...(await deadEndpoint()),
    ...(await listeners(10, 10)),
    ...(await listeners(100, 10)),
    ...(await listeners(1000, 10)),
    ...(await connections()),
    ...(await memory()),
    ...(await watch()),
  ];
  process.exitCode = printGoals(goals) === 0 ? 0 : 1;
};

const compile = (): void => {
  mkdirSync(build, { recursive: true });
  for (const name of ['populate', 'reader']) {
    const source = join(import.meta.dirname, `${name}.c`);
    execFileSync('cc', ['-O2', '-o', join(build, name), source]);
  }
};

const startUp = (): Goal[] => {
  const timings = race([homeport('--version'), bareNode], rounds * 2);
  printRace('Start-up', timings);
  return [goal('--version against a bare node', timings, bareNode.name, 1.15)];
};

/** A port that nobody can listen on without root, and that no service of Debian has. */
const deadPort = '127.0.0.1:9';

/** A whole diagnosis, process start and scan included; its limit is a time that a person waits gladly. */
const deadEndpoint = async (): Promise<Goal[]> => {
  const running = await startUntilReady([populate, 'listeners', '10', '10']);
  try {
    const timings = race(
      [
        homeport('why', deadPort),
        homeport('why', `connect ECONNREFUSED ${deadPort}`),
        homeport('explain', deadPort),
        bareNode,
      ],
      rounds,
    );
    printRace('Why a dead endpoint is dead, beside 100 listeners', timings);
    const measured = median(timings[0]?.times ?? []);
    return [{ what: 'why of a dead endpoint, whole process, ms', measured, limit: 350 }];
  } finally {
    await running.stop();
  }
};

const listeners = async (processes: number, each: number): Promise<Goal[]> => {
  const running = await startUntilReady([populate, 'listeners', `${processes}`, `${each}`]);
  try {
    const total = processes * each;
    const timings = race([homeport('ls', '--json'), bareNode, ...peers()], rounds);
    printRace(`${total} listeners over ${processes} processes`, timings);
    printProfile(
      '  where the time of homeport ls --json goes',
      profile(launcher, ['ls', '--json']),
    );
    return total > 1000
      ? [
          goal(`ls --json against ss -tulnpe at ${total}`, timings, 'ss -tulnpe', 0.7),
          goal(`ls --json against lsof at ${total}`, timings, 'lsof -nP -i', 0.5),
          scan(total),
        ]
      : total <= 100
        ? [goal(`ls --json against a bare node at ${total}`, timings, bareNode.name, 1.6)]
        : [];
  } finally {
    await running.stop();
  }
};

const connections = async (): Promise<Goal[]> => {
  const running = await startUntilReady([populate, 'connections', '500', '20000']);
  try {
    const timings = race(
      [homeport('ls', '--json'), homeport('ls', '--all', '--json'), ...peers()],
      rounds,
    );
    printRace('20,000 connections over 500 processes', timings);
    return [scan(20_000)];
  } finally {
    await running.stop();
  }
};

/** The scan alone, timed inside a fresh process, against a C program that reads the same. */
const scan = (total: number): Goal => {
  const script = join(import.meta.dirname, 'scan.ts');
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(Number.parseFloat(output([process.execPath, script])));
    theirs.push(timeOnce([reader]) ?? Number.NaN);
  }
  console.log(
    `  scan alone: homeport ${median(ours).toFixed(1)} ms, C reader ${median(theirs).toFixed(1)} ms`,
  );
  return {
    what: `sockets and owners against a C reader at ${total}`,
    measured: median(ours) / median(theirs),
    limit: 2,
  };
};

const memory = async (): Promise<Goal[]> => {
  const running = await startUntilReady([populate, 'listeners', '500', '100']);
  try {
    const peak = peakMegabytes();
    console.log(`\nPeak memory of ls --json at 50,000 listeners: ${peak.toFixed(0)} MB`);
    return [{ what: 'peak memory at 50,000 sockets, MB', measured: peak, limit: 150 }];
  } finally {
    await running.stop();
  }
};

/** VmHWM as the kernel counts it, written to descriptor 3 by a hook as the process ends. */
const peakMegabytes = (): number => {
  const hook = join(import.meta.dirname, 'max-rss.mjs');
  const ended = spawnSync(process.execPath, ['--import', hook, launcher, 'ls', '--json'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  return Number(ended.output[3]?.toString()) / 1024;
};

const watch = async (): Promise<Goal[]> => {
  const running = await startUntilReady([populate, 'listeners', '100', '20']);
  try {
    const share = await watchShare(launcher, values.quick ? 8_000 : 20_000);
    console.log(`\nls --watch at 1 s with 2,000 listeners: ${share.toFixed(1)} % of a core`);
    return [{ what: 'ls --watch with 2,000 sockets, % of a core', measured: share, limit: 3 }];
  } finally {
    await running.stop();
  }
};

const goal = (what: string, timings: readonly Timing[], peer: string, limit: number): Goal => {
  const [ours] = timings;
  const theirs = timings.find(({ name }) => name === peer);
  return { what, measured: median(ours?.times ?? []) / median(theirs?.times ?? []), limit };
};

await main();
