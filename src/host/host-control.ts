import type { EndingSignal, ProcessExit, SignalDelivery, SignalMethod } from '../model/ending.ts';
import type { Known } from '../model/known.ts';
import type { ProcessIdentity } from '../model/process.ts';
import type { InetSocket } from '../model/socket.ts';

/** One very process, kept from being mistaken for another that is given its pid. */
export type HeldProcess = {
  readonly method: SignalMethod;
  /** Compares its identity once more, and sends the signal. Never throws. */
  signal(signal: EndingSignal): SignalDelivery;
  /** Whether it has ended; a zombie has. */
  hasEnded(): boolean;
  /** How it ended, as far as the kernel tells others than its parent. */
  exit(): Known<ProcessExit>;
  /** Lets go of it. */
  release(): void;
};

/** What came of running a tool: what it printed, or why it did not do what it was to, in a few words. */
export type ToolRun =
  | { readonly result: 'done'; readonly stdout: string }
  | { readonly result: 'absent' | 'denied' | 'failed'; readonly why: string };

export type ToolLimits = {
  /** Ms after which it is ended. */
  readonly timeoutMs: number;
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
};

/** What a container engine tells of one container. */
export type ContainerFacts = {
  readonly running: boolean;
  /** `no`, `always`, `unless-stopped`, `on-failure`; null: it does not tell. */
  readonly restartPolicy: string | null;
};

/** `done`: it has stopped, or had before. */
export type ContainerStop =
  | { readonly result: 'done' }
  | { readonly result: 'gone' | 'denied' | 'failed'; readonly why: string };

/** `unsupported`: this kernel can't (CONFIG_INET_DIAG_DESTROY); `gone`: it was closed already. */
export type SocketDestruction = 'destroyed' | 'gone' | 'denied' | 'unsupported';

/** What of the operating system is changed, by plans alone that a person has confirmed. */
export type HostControl = {
  /** Takes hold of that very process; `gone` where it has ended, whoever has its pid now. */
  holdProcess(identity: ProcessIdentity): Known<HeldProcess>;
  /** Runs a program of the PATH, without a shell and without input. Never rejects. */
  runTool(
    name: string,
    words: readonly string[],
    limits: ToolLimits,
    signal: AbortSignal,
  ): Promise<ToolRun>;
  /** Asks every engine for a container, by its id. Never rejects. */
  inspectContainer(id: string, signal: AbortSignal): Promise<Known<ContainerFacts>>;
  /** Has its engine stop a container, which waits `graceMs` before it kills. Never rejects. */
  stopContainer(id: string, graceMs: number, signal: AbortSignal): Promise<ContainerStop>;
  /** Closes a connection's socket of this network namespace, whoever holds it (sock_diag(7), SOCK_DESTROY). */
  destroySocket(socket: InetSocket): SocketDestruction;
  /** A process's whole environment, secrets masked: for its own user's eyes, never for a snapshot. */
  environment(identity: ProcessIdentity): Known<Readonly<Record<string, string>>>;
};
