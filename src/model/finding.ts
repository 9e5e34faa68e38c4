import type { FailureClass } from './failure.ts';
import type { Evidence } from './listener.ts';

export type Severity = 'info' | 'notice' | 'warning' | 'critical';

/** One thing a person or an agent can do: `label` says why, `command` is ready to paste. */
export type Action = {
  readonly label: string;
  readonly command: string | null;
  /** What it changes, in one sentence; null or left out: nothing. */
  readonly changes?: string | null;
  /** Whether root has to run it; left out: no. */
  readonly needsRoot?: boolean;
};

/** An observation that matters, with its evidence and its benign causes; never a verdict about intent. */
export type Finding = {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly evidence: Evidence;
  readonly benignCauses: readonly string[];
  readonly actions: readonly Action[];
};

/** Whom a finding is about: processes, and sockets by their inodes. */
export type Concerned = { readonly pids: readonly number[]; readonly inodes: readonly number[] };

/**
 * What a check found. `explains`: of what its check may be the reason for, what this one is.
 * `concerns`: left out, it is about everybody in this network namespace, or about what was asked.
 */
export type CheckedFinding = Finding & {
  readonly explains?: readonly FailureClass[];
  readonly concerns?: Concerned;
};

/** How a check ends. `fact`: what was seen, in one sentence. */
export type CheckResult =
  | { readonly result: 'pass'; readonly fact?: string }
  | { readonly result: 'not-applicable' }
  | { readonly result: 'unknown'; readonly why: string }
  | { readonly result: 'fail'; readonly findings: readonly CheckedFinding[] };
