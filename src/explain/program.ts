import type { ContainerReference, Evidence, ProgramKind } from '../model/listener.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import type { Command } from './command.ts';

/** All that a program detector may look at. A detector is a pure function of it. */
export type ProgramFacts = {
  readonly command: Command;
  readonly comm: string;
  /** Path of the executable; null where it could not be read. */
  readonly exe: string | null;
  readonly cwd: string | null;
  readonly project: ProjectFacts | null;
  readonly container: ContainerReference | null;
  /** Path in the cgroup hierarchy; null where it could not be read. */
  readonly cgroup: string | null;
  /** The few variables that a snapshot holds. */
  readonly environment: Readonly<Record<string, string>>;
};

/** What a detector says: evidence is required; a version or another label only where the facts tell it. */
export type ProgramDetection = {
  readonly evidence: Evidence;
  readonly version?: string;
  /** Replaces the detector's name: `ssh forward to db.internal:5432`. */
  readonly label?: string;
};

/** A detector: one file in `programs/`, one exported const, file name = id. */
export type ProgramDetector = {
  readonly id: string;
  readonly name: string;
  readonly kind: ProgramKind;
  readonly detect: (facts: ProgramFacts) => ProgramDetection | null;
};
