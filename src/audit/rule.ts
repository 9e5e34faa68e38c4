import type { CheckResult } from '../model/finding.ts';
import type { Listener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Protocol } from '../model/protocol.ts';

/** All that a rule may look at: one listener and what is known of it. */
export type RuleFacts = {
  readonly listener: Listener;
  /** The accepting owner; null where it could not be read. */
  readonly process: Process | null;
  readonly protocol: Protocol;
  /** Remote addresses connected to it at this moment. */
  readonly clients: readonly string[];
};

/** A rule: one file in `rules/`, one exported const, file name = id. */
export type Rule = {
  readonly id: string;
  readonly title: string;
  readonly judge: (facts: RuleFacts) => CheckResult;
};
