import type { Program } from '../model/listener.ts';
import type { Problem } from '../model/problem.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import { cleanName } from './clean-name.ts';
import { debuggerEvidence } from './debugger-evidence.ts';
import type { ProgramDetection, ProgramDetector, ProgramFacts } from './program.ts';
import { programDetectors } from './programs/registry.ts';

/**
 * Says what a program is: the first detector of the registry that answers. Where none does, `id` is
 * null and the name is the command, cleaned up. A detector that throws is skipped and reported as
 * the problem `program-detector-failed`. An open debugger is added to the evidence of whichever
 * program it is (see `debuggerEvidence`). Pure; about ten microseconds per process, worth memoising
 * by `programKey`.
 */
export const detectProgram = (
  facts: ProgramFacts,
  detectors: readonly ProgramDetector[] = programDetectors,
): { readonly program: Program; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  for (const detector of detectors) {
    const detection = attempt(detector, facts, problems);
    if (detection !== null) return { program: known(detector, detection, facts), problems };
  }
  return { program: unknownProgram(facts), problems };
};

/**
 * Text that differs for two processes whenever detectors could answer differently. `cgroup`,
 * `container` and `environment` are left out because no detector looks at them: they differ from
 * process to process where the program does not.
 */
export const programKey = ({ command, comm, exe, cwd, project }: ProgramFacts): string =>
  [comm, exe ?? '', cwd ?? '', project === null ? '' : projectKey(project), ...command.argv].join(
    '\0',
  );

const attempt = (
  detector: ProgramDetector,
  facts: ProgramFacts,
  problems: Problem[],
): ProgramDetection | null => {
  try {
    return detector.detect(facts);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const detail = `The detector ${detector.id} failed and was skipped: ${reason}`;
    problems.push({ id: 'program-detector-failed', reason: 'failed', detail });
    return null;
  }
};

const known = (
  detector: ProgramDetector,
  detection: ProgramDetection,
  facts: ProgramFacts,
): Program => ({
  id: detector.id,
  name: detection.label ?? detector.name,
  kind: detector.kind,
  version: detection.version ?? null,
  evidence: [...detection.evidence, ...debuggerEvidence(facts.command)],
});

const unknownProgram = ({ command, comm, exe }: ProgramFacts): Program => ({
  id: null,
  name: cleanName(command, comm),
  kind: command.runtime === null ? 'unknown' : 'runtime',
  version: null,
  evidence: [
    exe === null ? `command ${command.executable}` : `executable ${exe}`,
    ...(command.script === null ? [] : [`script ${command.script}`]),
    ...debuggerEvidence(command),
  ],
});

/** Snapshots share one object among the processes of a folder, so its text is made once. */
const projectKey = (project: ProjectFacts): string => {
  const before = projectKeys.get(project);
  if (before !== undefined) return before;
  const { manifest } = project;
  const parts = [
    project.root,
    ...project.markers,
    manifest?.file ?? '',
    ...(manifest?.dependencies ?? []),
  ];
  const key = parts.join('\0');
  projectKeys.set(project, key);
  return key;
};
const projectKeys = new WeakMap<ProjectFacts, string>();
