import type { EndingSignal, ProcessExit, SignalMethod } from './ending.ts';
import type { End } from './connection.ts';
import type { Known } from './known.ts';
import type { Evidence, Origin, OwnerReference } from './listener.ts';
import type { Problem } from './problem.ts';
import type { ProcessIdentity } from './process.ts';
import type { Target } from './target.ts';

/** How something is stopped so that it stays stopped. */
export type StepVerb =
  | 'systemctl-stop'
  | 'container-stop'
  | 'pm2-stop'
  | 'supervisorctl-stop'
  | 'service-stop'
  | 'interrupt-foreground-job'
  | 'end-forward'
  | 'end-parent'
  | 'signal';

/** What a step does, for whoever carries it out. */
export type StepAction =
  | {
      readonly kind: 'tool';
      readonly tool: string;
      readonly words: readonly string[];
      /** Variables that the tool needs beside ours. */
      readonly environment: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'container'; readonly id: string }
  | {
      readonly kind: 'signal';
      readonly signal: Exclude<EndingSignal, 'SIGKILL'>;
      readonly process: ProcessIdentity;
      /** It is asked first, and given the time to take down those that are not `leads`. */
      readonly leads: boolean;
    };

/** One step of a plan. `target`: what is stopped, in its manager's words, or a process's name. */
export type FreeStep = {
  readonly verb: StepVerb;
  readonly target: string;
  readonly pid: number | null;
  /** What a person would type for it; null: no command does quite that. */
  readonly command: string | null;
  readonly why: string;
  readonly action: StepAction;
};

/** A process that holds what is to be freed. */
export type FreeOwner = ProcessIdentity & {
  readonly startedAt: string;
  readonly name: string;
  readonly role: OwnerReference['role'];
  readonly evidence: Evidence;
  readonly uid: Known<number>;
  readonly user: string | null;
  readonly argv: Known<readonly string[]>;
  readonly cwd: Known<string>;
  readonly project: string | null;
  readonly origin: Origin;
  /** Endpoints of the plan that it holds. */
  readonly holds: readonly string[];
  /** Endpoints beside them that end with it. */
  readonly alsoServes: readonly string[];
};

/** A process that ends with an owner, though it holds nothing of the plan. */
export type FreeChild = ProcessIdentity & {
  readonly name: string;
  readonly command: string;
  readonly alsoServes: readonly string[];
};

/** A client that is connected now and loses its connection. It is never signalled. */
export type CutOff = { readonly client: End; readonly server: string; readonly state: string };

/** What would start it again. `stopped`: a step of the plan sees to that. */
export type Restarter = {
  readonly id: string;
  readonly label: string;
  readonly evidence: Evidence;
  readonly stopped: boolean;
};

export type RefusalId =
  | 'init'
  | 'ourselves'
  | 'ancestor'
  | 'ssh-server'
  | 'other-user'
  | 'kernel-thread'
  | 'other-namespace'
  | 'shared-manager'
  | 'no-right-way';

/** Why a plan is not carried out without `force`. */
export type Refusal = {
  readonly id: RefusalId;
  readonly pid: number | null;
  readonly why: string;
};

/**
 * What would be done to free endpoints. `id` stands for these endpoints, holders and steps, on these very
 * processes; workers that come and go below them make no other plan of it.
 */
export type FreePlan = {
  readonly id: string;
  /** The first of `targets`. */
  readonly target: Target;
  readonly targets: readonly Target[];
  /** `held`; `hidden`: somebody holds it whom this user may not see; `free`: nobody does. */
  readonly state: 'held' | 'hidden' | 'free';
  /** The listening endpoints that are to be freed. */
  readonly endpoints: readonly string[];
  readonly owners: readonly FreeOwner[];
  readonly project: string | null;
  readonly children: readonly FreeChild[];
  readonly cutOff: readonly CutOff[];
  /** null: nothing known would. */
  readonly restartedBy: Restarter | null;
  readonly steps: readonly FreeStep[];
  /** Ms between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  /** What is left afterwards and what else to know, a sentence each. */
  readonly left: readonly string[];
  readonly refusals: readonly Refusal[];
  /** The refusals are known and overridden. */
  readonly forced: boolean;
  readonly problems: readonly Problem[];
};

/** A signal as sent; `afterMs` since the beginning. */
export type SentSignal = {
  readonly signal: EndingSignal;
  readonly afterMs: number;
  readonly delivery: 'sent' | 'gone' | 'denied';
};

/** How to start again what was ended. */
export type StartAgain = {
  readonly argv: Known<readonly string[]>;
  readonly cwd: Known<string>;
  /** As a shell takes it; null where the words are not known. */
  readonly command: string | null;
  /** Secrets masked; left out unless asked for. */
  readonly environment?: Known<Readonly<Record<string, string>>>;
};

/** What became of one process. */
export type EndedProcess = ProcessIdentity & {
  readonly name: string;
  readonly signals: readonly SentSignal[];
  readonly method: SignalMethod | null;
  /** Since the beginning; null: it still runs. */
  readonly endedAfterMs: number | null;
  readonly exit: Known<ProcessExit>;
  readonly startAgain: StartAgain;
};

/** What became of one step. `not-needed`: what it was to stop had ended by then. */
export type StepReceipt = {
  readonly verb: StepVerb;
  readonly target: string;
  readonly pid: number | null;
  readonly outcome: 'done' | 'not-needed' | 'denied' | 'failed';
  readonly why: string | null;
  readonly tookMs: number;
};

/** Who listens though it should be free. `isNew`: not one of the plan's processes. */
export type StillHeld = {
  readonly endpoint: string;
  readonly pid: number | null;
  readonly name: string;
  readonly isNew: boolean;
  readonly startedAt: Known<string>;
  /** `sh loop.sh (pid 812)`; null: not known, or it was there before. */
  readonly restartedBy: string | null;
};

/** What was done, and the proof of it. */
export type FreeReceipt = {
  readonly plan: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly tookMs: number;
  readonly steps: readonly StepReceipt[];
  readonly processes: readonly EndedProcess[];
  /** Nobody listens, and still nobody `provenMs` later. */
  readonly freed: boolean;
  readonly provenMs: number;
  readonly heldBy: readonly StillHeld[];
  /** What to do where it is not free, a command each. */
  readonly next: readonly { readonly label: string; readonly command: string | null }[];
};

/** Something that may be stopped, with what speaks for it. Nothing is stopped because of it. */
export type FreeCandidate = {
  readonly endpoint: string;
  readonly pid: number;
  readonly name: string;
  readonly project: string | null;
  readonly startedAt: string;
  readonly connections: number;
  /** Ms since the last byte on any of its connections; unknown where it has none now. */
  readonly idleMs: Known<number>;
  readonly evidence: Evidence;
};
