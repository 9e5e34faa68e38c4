import type { ChainLink } from '../model/explanation.ts';
import { type Known, knownOr } from '../model/known.ts';
import type { Origin, Program, Project } from '../model/listener.ts';
import type { Problem } from '../model/problem.ts';
import type { Process } from '../model/process.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import { detectOrigin, originKey, type OriginLink, type OriginVerdict } from './detect-origin.ts';
import { detectProgram, programKey } from './detect-program.ts';
import { commandOf } from './parse-command.ts';
import type { ProgramFacts } from './program.ts';
import { projectOf } from './project.ts';
import { cgroupOf, containerReference, type SnapshotIndex } from './snapshot-index.ts';

/** What is judged of each process, once per process however many sockets it holds. */
export type Judgement = {
  readonly index: SnapshotIndex;
  readonly program: (process: Process) => Program;
  readonly project: (process: Process) => Known<Project> | null;
  readonly origin: (process: Process, socketHeldByInit: boolean) => Origin;
  /** The process first, init last, each link with what it tells about the origin. */
  readonly chain: (process: Process, socketHeldByInit: boolean) => readonly ChainLink[];
  /** What every origin detector found, the most telling first; `at` is the process's place in `chain`. */
  readonly origins: (process: Process, socketHeldByInit: boolean) => readonly OriginLink[];
  /** Plug-ins that failed while judging; grows as judgements are asked for. */
  readonly problems: readonly Problem[];
};

/** Prepares the judgements of a snapshot's processes; nothing is judged before it is asked for. */
export const judgeProcesses = (index: SnapshotIndex): Judgement => {
  const problems: Problem[] = [];
  const programs = new Map<string, Program>();
  const verdict = memoiseVerdicts(index, problems);
  const program = memoisePerPid((process) => {
    const facts = programFacts(process, index);
    const key = programKey(facts);
    const before = programs.get(key);
    if (before !== undefined) return before;
    const detected = detectProgram(facts);
    problems.push(...detected.problems);
    programs.set(key, detected.program);
    return detected.program;
  });
  const origins = {
    own: memoisePerPid((process) => verdict(process, false).origin),
    held: memoisePerPid((process) => verdict(process, true).origin),
  };
  return {
    index,
    problems,
    program,
    project: memoisePerPid((process) => projectOfProcess(process, index)),
    origin: (process, heldByInit) => origins[heldByInit ? 'held' : 'own'](process),
    origins: (process, heldByInit) => verdict(process, heldByInit).found,
    chain: (process, heldByInit) =>
      chainLinks(process, verdict(process, heldByInit), index, program),
  };
};

const programFacts = (process: Process, index: SnapshotIndex): ProgramFacts => {
  const cgroup = cgroupOf(process);
  return {
    command: commandOf(process),
    comm: process.comm,
    exe: knownOr(process.exe, null)?.path ?? null,
    cwd: knownOr(process.cwd, null),
    project: knownProject(process, index),
    container: containerReference(index.container(cgroup)),
    cgroup,
    environment: knownOr(process.environment, {}),
  };
};

const projectFactsOf = (process: Process, index: SnapshotIndex): Known<ProjectFacts> | null => {
  const cwd = knownOr(process.cwd, null);
  return cwd === null ? null : (index.snapshot.projects[cwd] ?? null);
};

const knownProject = (process: Process, index: SnapshotIndex): ProjectFacts | null => {
  const facts = projectFactsOf(process, index);
  return facts === null ? null : knownOr(facts, null);
};

const projectOfProcess = (process: Process, index: SnapshotIndex): Known<Project> | null =>
  projectOf(
    projectFactsOf(process, index),
    containerReference(index.container(cgroupOf(process))),
    knownOr(process.cwd, null),
  );

/** Hundreds of workers of one parent have one verdict: it is asked for once. */
const memoiseVerdicts = (index: SnapshotIndex, problems: Problem[]) => {
  const known = new Map<string, OriginVerdict>();
  const command = memoisePerPid(commandOf);
  return (process: Process, socketHeldByInit: boolean): OriginVerdict => {
    const chain = index
      .chain(process.pid)
      .map((link) => ({ process: link, command: command(link) }));
    const facts = { chain, container: index.container(cgroupOf(process)), socketHeldByInit };
    const key = originKey(facts);
    const before = known.get(key);
    if (before !== undefined) return before;
    const verdict = detectOrigin(facts);
    problems.push(...verdict.problems);
    known.set(key, verdict);
    return verdict;
  };
};

const memoisePerPid = <T extends object | null>(
  compute: (process: Process) => T,
): ((process: Process) => T) => {
  const known = new Map<number, T>();
  return (process) => {
    const before = known.get(process.pid);
    if (before !== undefined) return before;
    const value = compute(process);
    known.set(process.pid, value);
    return value;
  };
};

const chainLinks = (
  process: Process,
  verdict: OriginVerdict,
  index: SnapshotIndex,
  program: (process: Process) => Program,
): readonly ChainLink[] =>
  index.chain(process.pid).map((link, at) => ({
    pid: link.pid,
    name: program(link).name,
    command: knownOr(link.argv, []).join(' ') || link.comm,
    user: link.user,
    startedAt: link.startedAt,
    verdict: verdictAt(at, verdict),
  }));

const verdictAt = (at: number, verdict: OriginVerdict): ChainLink['verdict'] => {
  const found = verdict.links.find((link) => link.at === at);
  return found === undefined
    ? null
    : { id: found.id, label: found.label, evidence: found.evidence };
};
