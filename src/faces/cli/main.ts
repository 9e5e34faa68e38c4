import type { Io } from './io.ts';
import type { Invocation } from './invocation.ts';
import { processIo } from './process-io.ts';
import { version } from './version.ts';

/** Runs one verb and returns the exit code. */
export type Run = (invocation: Invocation, io: Io) => Promise<number>;

/**
 * Runs the command line `homeport …argv` and resolves with its exit code: 0 answered, 1 answered and
 * something is wrong, or the answer could not be written, 2 the input is not valid, 3 not permitted, 4 refused for safety, 70 a fault
 * of Homeport itself. Never rejects.
 */
export const main = async (argv: readonly string[], io: Io = processIo()): Promise<number> => {
  try {
    return isVersionAlone(argv) ? await printVersion(io) : await run(argv, io);
  } catch (thrown) {
    const { reportFailure } = await import('./report-failure.ts');
    return reportFailure(thrown, io, { json: false, colours: false });
  }
};

const isVersionAlone = (argv: readonly string[]): boolean =>
  argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V');

const printVersion = async (io: Io): Promise<number> => {
  await io.out.write(`${version}\n`);
  return 0;
};

const run = async (argv: readonly string[], io: Io): Promise<number> => {
  let invocation: Invocation | null = null;
  try {
    const { readArguments } = await import('./read-arguments.ts');
    invocation = readArguments(argv);
    if (invocation.flags.has('version')) return await printVersion(io);
    const runVerb = await (invocation.flags.has('help') ? help() : verbs[invocation.verb]?.());
    if (runVerb === undefined) throw new Error(`nothing runs ${invocation.verb}`);
    return await runVerb(invocation, io);
  } catch (thrown) {
    const { reportFailure } = await import('./report-failure.ts');
    const { wantsColours } = await import('./colours.ts');
    const json = invocation?.flags.has('json') ?? asksForJson(argv);
    return reportFailure(thrown, io, {
      json,
      colours: !json && wantsColours(io.err, io.env, invocation),
    });
  }
};

/** For a command line that could not be read: whether a program is likely to read the answer. */
const asksForJson = (argv: readonly string[]): boolean =>
  argv.includes('--json') || argv.includes('-j');

const help = async (): Promise<Run> => (await import('./verbs/help.ts')).runHelp;

/** Each verb's code is loaded only when it runs. */
const verbs: Readonly<Record<string, () => Promise<Run>>> = {
  ls: async () => (await import('./verbs/ls.ts')).runLs,
  explain: async () => (await import('./verbs/explain.ts')).runExplain,
  why: async () => (await import('./verbs/why.ts')).runWhy,
  wait: async () => (await import('./verbs/wait.ts')).runWait,
  port: async () => (await import('./verbs/port.ts')).runPort,
  doctor: async () => (await import('./verbs/doctor.ts')).runDoctor,
  free: async () => (await import('./verbs/free.ts')).runFree,
  close: async () => (await import('./verbs/close.ts')).runClose,
  snapshot: async () => (await import('./verbs/snapshot.ts')).runSnapshot,
  completion: async () => (await import('./verbs/completion.ts')).runCompletion,
  help,
};
