import { readMessage as readText } from './diagnose/messages/read-message.ts';
import { openHost } from './host/open-host.ts';
import type { Diagnosis, Health } from './model/diagnosis.ts';
import type { Explanation } from './model/explanation.ts';
import type { FailureMessage } from './model/failure.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { CheckPortsInput } from './operations/check-ports.schema.ts';
import type { PortCheck } from './operations/check-ports.ts';
import type { CollectLeasesInput } from './operations/collect-leases.schema.ts';
import type { LeasePortInput } from './operations/lease-port.schema.ts';
import type { LeasedPort } from './operations/lease-port.ts';
import type { LeaseList, ListedLease } from './operations/list-leases.ts';
import type { RemovedLeases } from './operations/remove-leases.ts';
import type { RemoveLeasesInput } from './operations/remove-leases.schema.ts';
import type { PortReservation } from './operations/reserve-port.ts';
import type { ReservePortInput } from './operations/reserve-port.schema.ts';
import type { CloseResult } from './operations/close-connection.ts';
import type { FreeInput } from './operations/free.schema.ts';
import type { FreeResult } from './operations/free.ts';
import type { ListListenersInput } from './operations/list-listeners.schema.ts';
import type { ListenerList } from './operations/list-listeners.ts';
import type { OperationContext } from './operations/operation.ts';
import type { ListenerFrame } from './operations/watch-listeners.ts';
import type { WatchListenersInput } from './operations/watch-listeners.schema.ts';
import type { WaitForInput } from './operations/wait-for.schema.ts';
import type { WaitProgress, WaitResult } from './operations/wait-for.ts';

export { type HomeportError, isHomeportError } from './model/error.ts';
export { isKnown, isUnknown, type Known, type Unknown } from './model/known.ts';
export type { Connection, End } from './model/connection.ts';
export type { Container } from './model/container.ts';
export type {
  Cause,
  CheckReport,
  DialAttempt,
  Diagnosis,
  Health,
  Stage,
  StageId,
  Symptom,
} from './model/diagnosis.ts';
export type { Explanation, Owner } from './model/explanation.ts';
export type {
  FailureClass,
  FailureEndpoint,
  FailureMessage,
  FailureRole,
} from './model/failure.ts';
export type { Action, Finding } from './model/finding.ts';
export type {
  FreeCandidate,
  FreeOwner,
  FreePlan,
  FreeReceipt,
  FreeStep,
  Refusal,
} from './model/freeing.ts';
export type {
  Exposure,
  InetListener,
  Listener,
  Origin,
  OwnerReference,
  Program,
  Project,
  UnixListener,
} from './model/listener.ts';
export type { AddressLease, Lease, PortNote, PortUse, PortUser } from './model/lease.ts';
export type { PortClash, PortWant } from './model/port-want.ts';
export type { Problem } from './model/problem.ts';
export type { Process, ProcessIdentity } from './model/process.ts';
export type { Protocol, TlsFacts } from './model/protocol.ts';
export type { Snapshot } from './model/snapshot.ts';
export type { InetSocket, Socket, UnixSocket } from './model/socket.ts';
export type { Target } from './model/target.ts';
export type { CloseResult, FreeInput, FreeResult };
export type { ListenerFrame, ListenerList, WaitForInput, WaitProgress, WaitResult };
export type {
  CheckPortsInput,
  CollectLeasesInput,
  LeasedPort,
  LeaseList,
  LeasePortInput,
  ListedLease,
  PortCheck,
  PortReservation,
  RemovedLeases,
  RemoveLeasesInput,
  ReservePortInput,
};

/** What every call takes besides its own input. */
export type CallOptions = {
  /** Ends the call early; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Judge this snapshot instead of reading the machine. Nothing is probed then. */
  readonly snapshot?: Snapshot;
};

/** What the calls about leases take: a snapshot has none. */
export type LeaseOptions = Omit<CallOptions, 'snapshot'>;

/**
 * Lists everything that listens on this machine: what `homeport ls --json` prints. Passive, unless
 * `probe` is asked for. Rejects with a `HomeportError` for a filter that can't be right.
 */
export const listListeners = async (
  input: ListListenersInput = {},
  options: CallOptions = {},
): Promise<ListenerList> => {
  const operation = await import('./operations/list-listeners.ts');
  return operation.listListeners(contextOf(options), input);
};

/**
 * Explains an endpoint (`127.0.0.1:49342`), a port, a URL, `pid:N`, `name:NAME` or a unix path:
 * what `homeport explain --json` prints. Sends a gentle handshake to that endpoint unless `probe`
 * is false. Rejects with a `HomeportError` (`invalid-input`) for a target that can't be right.
 */
export const explain = async (
  target: string,
  options: CallOptions & { readonly probe?: boolean } = {},
): Promise<Explanation> => {
  const operation = await import('./operations/explain.ts');
  const { probe = true } = options;
  return operation.explain(contextOf(options), { target, probe });
};

/**
 * Tells why connecting to an endpoint, or binding it, fails, stage by stage, with the cause and the
 * fix: what `homeport why --json` prints. Takes a target, or a message that blames one. Connects to
 * that endpoint and asks it what it speaks unless `probe` is false. Rejects with a `HomeportError`
 * (`invalid-input`) for a target that can't be right.
 */
export const why = async (
  about: { readonly target: string } | { readonly message: string },
  options: CallOptions & { readonly probe?: boolean } = {},
): Promise<Diagnosis> => {
  const operation = await import('./operations/why.ts');
  const { probe = true } = options;
  return operation.why(contextOf(options), { ...about, probe });
};

/**
 * Tells whether the loopback stack of this machine is sound: what `homeport doctor --json` prints.
 * Connects to nobody but itself.
 */
export const doctor = async (options: CallOptions = {}): Promise<Health> => {
  const operation = await import('./operations/doctor.ts');
  return operation.doctor(contextOf(options), {});
};

/**
 * Waits until an endpoint really answers: what `homeport wait --json` prints. `timeoutMs` is 30,000
 * unless given; at the deadline the result says why nothing answers. Rejects with a `HomeportError`
 * (`invalid-input`) for what can't be waited for, a snapshot included.
 */
export const waitFor = async (
  input: WaitForInput,
  options: CallOptions & { readonly onProgress?: (progress: WaitProgress) => void } = {},
): Promise<WaitResult> => {
  const operation = await import('./operations/wait-for.ts');
  return operation.waitFor(contextOf(options), input, options.onProgress);
};

/**
 * Leases a port for a service of a project: what `homeport port NAME --json` prints. The same port
 * whenever it is asked for, by any number of processes at once. Rejects with a `HomeportError`:
 * `refused` for a preferred port that can't be had, `output-failed` where the lease can't be kept.
 */
export const leasePort = async (
  input: LeasePortInput,
  options: LeaseOptions = {},
): Promise<LeasedPort> => {
  const operation = await import('./operations/lease-port.ts');
  return operation.leasePort(contextOf(options), input);
};

/** Lists the user's leases, each with who has its port now: what `homeport port ls --json` prints. */
export const listLeases = async (options: LeaseOptions = {}): Promise<LeaseList> => {
  const operation = await import('./operations/list-leases.ts');
  return operation.listLeases(contextOf(options));
};

/**
 * Removes leases by service, port or own address: what `homeport port rm --json` prints. Rejects with
 * a `HomeportError` (`invalid-input`), and removes none, where one of them is not there.
 */
export const removeLeases = async (
  input: RemoveLeasesInput,
  options: LeaseOptions = {},
): Promise<RemovedLeases> => {
  const operation = await import('./operations/remove-leases.ts');
  return operation.removeLeases(contextOf(options), input);
};

/**
 * Finds the leases whose folder is gone: what `homeport port gc --dry-run --json` prints. Removes
 * them with `apply`.
 */
export const collectLeases = async (
  input: CollectLeasesInput = {},
  options: LeaseOptions = {},
): Promise<RemovedLeases> => {
  const operation = await import('./operations/collect-leases.ts');
  return operation.collectLeases(contextOf(options), input);
};

/**
 * Tells which ports that files of a project want clash with each other, with leases, or with what
 * runs now: what `homeport port check --json` prints. Rejects with a `HomeportError`
 * (`invalid-input`) for a file that can't be read.
 */
export const checkPorts = async (
  input: CheckPortsInput,
  options: LeaseOptions = {},
): Promise<PortCheck> => {
  const operation = await import('./operations/check-ports.ts');
  return operation.checkPorts(contextOf(options), input);
};

/**
 * Keeps a port from outgoing connections: says what would be written, and writes it with `apply`,
 * which takes root. Rejects with a `HomeportError` (`not-permitted`).
 */
export const reservePort = async (
  input: ReservePortInput,
  options: LeaseOptions = {},
): Promise<PortReservation> => {
  const operation = await import('./operations/reserve-port.ts');
  return operation.reservePort(contextOf(options), input);
};

/**
 * Plans how to free endpoints: who holds them, who is cut off, the right way to stop each holder, what
 * would start it again: what `homeport free --dry-run --json` prints. Nothing is done unless `confirm`
 * is the id of that very plan; the `receipt` then tells what was, and proves it. Rejects with a
 * `HomeportError`: `invalid-input`, `refused` (another plan, or something speaks against this one)
 * or `not-permitted`.
 */
export const free = async (input: FreeInput, options: CallOptions = {}): Promise<FreeResult> => {
  const operation = await import('./operations/free.ts');
  return operation.free(contextOf(options), input);
};

/**
 * Ends one TCP connection, `127.0.0.1:51002->127.0.0.1:3000`, and leaves both programs running: what
 * `homeport close --json` prints. Takes root. Nothing is done unless `confirm` is the plan's id.
 * Rejects with a `HomeportError` as `free` does.
 */
export const closeConnection = async (
  connection: string,
  options: CallOptions & { readonly confirm?: string } = {},
): Promise<CloseResult> => {
  const operation = await import('./operations/close-connection.ts');
  return operation.closeConnection(contextOf(options), { connection, confirm: options.confirm });
};

/** Reads everything there is to read into one serialisable snapshot: what `homeport snapshot` prints. */
export const takeSnapshot = async (
  options: Omit<CallOptions, 'snapshot'> = {},
): Promise<Snapshot> => {
  const operation = await import('./operations/take-snapshot.ts');
  return operation.takeSnapshot(contextOf(options), {});
};

/**
 * Looks again and again, and yields a frame whenever something came, went or changed; the first
 * frame at once. Ends when the signal aborts.
 */
export async function* watchListeners(
  input: WatchListenersInput = {},
  options: CallOptions = {},
): AsyncGenerator<ListenerFrame, void, undefined> {
  const operation = await import('./operations/watch-listeners.ts');
  yield* operation.watchListeners(contextOf(options), input);
}

/**
 * Reads an error message as it was pasted, or a piece of a log: the class of the failure, the
 * endpoints that it blames, which end says so, in whose words and in which line. Pure: asks nothing
 * and nobody. Takes any text; where nothing went wrong the class is `none`.
 */
export const readMessage = (text: string): FailureMessage => readText(text);

const contextOf = ({ signal, snapshot }: CallOptions): OperationContext => {
  const call = { signal: signal ?? new AbortController().signal, now: Date.now };
  return snapshot === undefined ? { ...call, host: openHost() } : { ...call, snapshot };
};
