import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { env } from './measure.ts';

/** What is read of the profile that V8 writes with `--cpu-prof`; times in µs. */
type Profile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

type Frame = Profile['nodes'][number]['callFrame'];

/** Where one run's time went: what it is, and its share in per cent, the largest first. */
export type Share = { readonly where: string; readonly percent: number };

/** Runs a command of the launcher under V8's sampling profiler and sums the time of each room. */
export const profile = (launcher: string, words: readonly string[]): readonly Share[] => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-profile-'));
  try {
    const flags = ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', folder];
    execFileSync(process.execPath, [...flags, launcher, ...words], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
      maxBuffer: 1 << 28,
    });
    const [file = ''] = readdirSync(folder);
    return sharesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Prints the shares that matter. */
export const printProfile = (title: string, shares: readonly Share[]): void => {
  console.log(`\n${title}`);
  for (const { where, percent } of shares.filter((share) => share.percent >= 1)) {
    console.log(`  ${where.padEnd(36)} ${percent.toFixed(0).padStart(3)} %`);
  }
};

const sharesOf = ({ nodes, samples, timeDeltas }: Profile): readonly Share[] => {
  const roomAt = roomFinder();
  const rooms = new Map(nodes.map(({ id, callFrame }) => [id, roomAt(callFrame)]));
  const times = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const room = rooms.get(id) ?? '';
    times.set(room, (times.get(room) ?? 0) + (timeDeltas[at] ?? 0));
  }
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([where, time]) => ({ where, percent: (time / total) * 100 }))
    .sort((a, b) => b.percent - a.percent);
};

/** The bundler marks where each source file begins: `//#region src/explain/listeners.ts`. */
const roomFinder = (): ((frame: Frame) => string) => {
  const others = 'node, and loading';
  const bundles = new Map<string, readonly string[]>();
  const linesOf = (url: string): readonly string[] => {
    const before = bundles.get(url);
    if (before !== undefined) return before;
    let room = others;
    const rooms = readFileSync(fileURLToPath(url), 'utf8')
      .split('\n')
      .map((line) => (room = /^\/\/#region (?:src\/)?(.+)\/[^/]+$/.exec(line)?.[1] ?? room));
    bundles.set(url, rooms);
    return rooms;
  };
  return ({ functionName, url, lineNumber }) => {
    if (functionName.startsWith('(garbage')) return 'garbage collection';
    if (!url.startsWith('file:') || !url.includes('/dist/')) return others;
    const room = linesOf(url)[lineNumber] ?? others;
    return room.includes('rolldown') ? others : room;
  };
};
