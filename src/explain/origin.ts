import type { Container } from '../model/container.ts';
import type { Evidence } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Command } from './command.ts';

/** A process of the chain with its command taken apart. */
export type ChainProcess = { readonly process: Process; readonly command: Command };

/** All that an origin detector may look at. A detector is a pure function of it. */
export type OriginFacts = {
  /** The owner first, then parent by parent up to init (or to what could be seen). */
  readonly chain: readonly ChainProcess[];
  readonly container: Container | null;
  /** Whether an init (systemd) holds the same socket: it was activated by it. */
  readonly socketHeldByInit: boolean;
};

export type OriginDetection = {
  /** A noun that follows `started by`: `systemd unit nginx.service`, `npm script dev`. */
  readonly label: string;
  readonly evidence: Evidence;
  /** null: not known. */
  readonly restarts: boolean | null;
  /** Index in `chain` of the process that is the evidence. */
  readonly at: number;
};

/** A detector: one file in `origins/`, one exported const, file name = id. */
export type OriginDetector = {
  readonly id: string;
  readonly detect: (facts: OriginFacts) => OriginDetection | null;
};
