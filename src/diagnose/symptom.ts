import type { DialAttempt, Symptom } from '../model/diagnosis.ts';
import type { FailureClass, FailureMessage } from '../model/failure.ts';
import { isUnknown, type Known } from '../model/known.ts';
import { failureOfAnswer, type Answered } from './answer-failure.ts';
import type { ResolvedName, Timed } from './facts.ts';
import { isUnderstood, speaksHttp, speaksTls, type SpokenProtocol } from './protocol-names.ts';

/** What Homeport itself met on the way to an endpoint. */
export type Met = Answered & {
  readonly message: FailureMessage | null;
  /** What the resolver says of the target's name; null where it was not asked. */
  readonly resolution: Timed<Known<ResolvedName>> | null;
  readonly attempts: readonly DialAttempt[];
  /** Whether a connection that was made is still waiting to be accepted. */
  readonly unaccepted: boolean;
  /** What the sockets say that an attempt would meet; counts where none was made. */
  readonly foreseen: FailureClass | null;
  /** Whether the environment of who asks sends clients of it to a proxy where nothing listens. */
  readonly sentToDeadProxy?: boolean;
};

/** What fails: what the message tells, else the first thing that Homeport's own attempt met. */
export const symptomOf = (met: Met): Symptom => {
  const { message } = met;
  if (message !== null && message.class !== 'none') {
    return { class: message.class, role: message.role, from: 'message' };
  }
  const failure = resolving(met) ?? connecting(met.attempts) ?? speaking(met);
  if (failure !== null) return { class: failure, role: 'client', from: 'attempt' };
  if (met.attempts.length > 0 && met.sentToDeadProxy === true) {
    return { class: 'proxy-error', role: 'client', from: 'sockets' };
  }
  return met.attempts.length === 0 && met.foreseen !== null
    ? { class: met.foreseen, role: 'client', from: 'sockets' }
    : { class: 'none', role: 'unknown', from: 'nothing' };
};

const bindClasses: ReadonlySet<FailureClass> = new Set([
  'address-in-use',
  'port-in-excluded-range',
  'permission-denied',
  'address-not-available',
]);

/** Whether a server could not bind, rather than a client not connect. */
export const isBind = ({ class: failure, role }: Symptom): boolean =>
  bindClasses.has(failure) &&
  (role === 'server' || (role === 'unknown' && failure !== 'permission-denied'));

/**
 * Without an address there was nothing to try. Of localhost Homeport knows the addresses by itself
 * (RFC 6761 6.3), as some clients do: whoever asks the resolver is told that there is none.
 */
const resolving = ({ resolution, attempts }: Met): FailureClass | null => {
  if (resolution === null || !isUnknown(resolution.value)) return null;
  const isDenied = resolution.value.unknown === 'gone';
  return attempts.length === 0 || isDenied ? 'name-not-resolved' : null;
};

/** A client tries addresses in their order: what the first one says is what most clients tell. */
const connecting = ([first]: readonly DialAttempt[]): FailureClass | null =>
  first === undefined ? null : (byCode[first.code ?? ''] ?? classes[first.outcome]);

/** The asker's own limit, or the system's. */
const byCode: Readonly<Record<string, FailureClass | undefined>> = {
  EMFILE: 'too-many-files',
  ENFILE: 'too-many-files',
};

const classes: Readonly<Record<DialAttempt['outcome'], FailureClass | null>> = {
  connected: null,
  refused: 'connection-refused',
  'timed-out': 'timeout',
  reset: 'connection-reset',
  'no-route': 'unreachable',
  'address-not-available': 'address-not-available',
  denied: 'permission-denied',
  'met-itself': 'connection-refused',
  failed: 'unreachable',
};

/** What comes after a connection was made: who takes it up, and whether both speak the same. */
const speaking = (met: Met): FailureClass | null => {
  if (met.attempts.length === 0) return null;
  if (met.unaccepted) return 'timeout';
  return mismatch(met) ?? failureOfAnswer(met);
};

const mismatch = ({ expected, protocol }: Met): FailureClass | null => {
  if (protocol.status !== 'identified' || expected === null) return null;
  if (wantsTls.has(expected)) {
    if (!speaksTls(protocol)) return speaksHttp(protocol) ? 'tls-on-http-port' : 'wrong-protocol';
    if (protocol.details['alert'] !== undefined) return 'tls-mismatch';
  }
  if (expected === 'http' && speaksTls(protocol)) return 'http-on-tls-port';
  if (isUnderstood(expected, protocol) === false) return 'wrong-protocol';
  return expected !== 'https' || isTrusted(protocol) ? null : 'tls-untrusted';
};

const wantsTls: ReadonlySet<string> = new Set(['https', 'tls']);

const isTrusted = ({ tls }: SpokenProtocol): boolean =>
  tls?.trust === undefined || (tls.trust.authorized && tls.trust.nameMatches !== false);
