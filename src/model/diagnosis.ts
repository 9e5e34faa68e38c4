import type { Connection } from './connection.ts';
import type { FailureClass, FailureMessage, FailureRole } from './failure.ts';
import type { Action, Finding, Severity } from './finding.ts';
import type { Evidence, Listener } from './listener.ts';
import type { Problem } from './problem.ts';
import type { Protocol } from './protocol.ts';
import type { Family } from './socket.ts';
import type { EndpointTarget } from './target.ts';

/** The way from a name to an answer, in the order in which a client meets it. */
export type StageId =
  | 'name'
  | 'address'
  | 'route'
  | 'firewall'
  | 'listener'
  | 'accept-queue'
  | 'handshake'
  | 'tls'
  | 'protocol'
  | 'application';

/** How one stage went. `durationMs`: how long looking took; null where nothing was asked for it. */
export type Stage = {
  readonly id: StageId;
  readonly result: 'pass' | 'fail' | 'not-applicable' | 'unknown';
  /** What was seen, in one sentence. */
  readonly summary: string;
  readonly evidence: Evidence;
  readonly durationMs: number | null;
};

/**
 * What fails. `from`: told by the message, met by Homeport's own attempt, what the table of sockets
 * says that an attempt would meet where none was made, or nothing failed.
 */
export type Symptom = {
  readonly class: FailureClass;
  readonly role: FailureRole;
  readonly from: 'message' | 'attempt' | 'sockets' | 'nothing';
};

/** One try to connect. `code`: the system's error (connect(2)); null where it connected. */
export type DialAttempt = {
  readonly address: string;
  readonly port: number;
  readonly outcome:
    | 'connected'
    | 'refused'
    | 'timed-out'
    | 'reset'
    | 'no-route'
    | 'address-not-available'
    | 'denied'
    | 'met-itself'
    | 'failed';
  readonly code: string | null;
  readonly durationMs: number;
};

/** What came of a connection of this process with itself over loopback. `code`: the system's error. */
export type LoopbackTrip = {
  readonly family: Family;
  readonly outcome: 'made' | 'failed';
  readonly code: string | null;
  readonly durationMs: number;
};

/**
 * What bind(2) said to a socket that never listened and was closed again at once: the error's name
 * (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `EAFNOSUPPORT` …); null: it was free.
 */
export type BindTrial = {
  /** With SO_REUSEADDR, as most servers set it. */
  readonly reusing: string | null;
  /** Without it. */
  readonly plain: string | null;
};

/**
 * How one check ended; `why` where it is `unknown` or `error`, or fails because another does; `fact`
 * where it passed and says what was seen; `severity` of the gravest finding where it fails.
 */
export type CheckReport = {
  readonly id: string;
  readonly title: string;
  readonly stage: StageId | null;
  readonly result: 'pass' | 'fail' | 'not-applicable' | 'unknown' | 'error';
  readonly fact?: string;
  readonly why?: string;
  readonly severity?: Severity;
};

/** A finding that is, or may be, the reason. `explains`: whether it explains the symptom by itself. */
export type Cause = Finding & { readonly stage: StageId | null; readonly explains: boolean };

/** What `homeport why` answers. */
export type Diagnosis = {
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** What was read of a pasted message or a log; null where an endpoint was asked about. */
  readonly message: FailureMessage | null;
  /** null where a message names no endpoint. */
  readonly target: EndpointTarget | null;
  readonly symptom: Symptom;
  /**
   * `explained`: the first cause explains the symptom; `unexplained`: something fails, and no check
   * says why; `works`: it answers; `nothing-told`: the text tells of no failure.
   */
  readonly verdict: 'explained' | 'unexplained' | 'works' | 'nothing-told';
  /** The answer in one sentence. */
  readonly answer: string;
  readonly stages: readonly Stage[];
  /** Those that explain the symptom first. */
  readonly causes: readonly Cause[];
  /** What does not fit together: `the message says refused, and now it answers`. */
  readonly contradictions: readonly string[];
  readonly attempts: readonly DialAttempt[];
  readonly listeners: readonly Listener[];
  /** Others on the same port, at addresses that the target does not reach. */
  readonly elsewhere: readonly Listener[];
  readonly connections: readonly Connection[];
  readonly protocol: Protocol;
  readonly checks: readonly CheckReport[];
  readonly next: readonly Action[];
  readonly problems: readonly Problem[];
};

/** What `homeport doctor` answers. */
export type Health = {
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** Whether nothing is wrong: a check may still have found what a person should know, a notice. */
  readonly sound: boolean;
  readonly checks: readonly CheckReport[];
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
};
