import type { DialAttempt, Symptom } from '../model/diagnosis.ts';
import type { FailureClass, FailureMessage } from '../model/failure.ts';
import { isKnown, type Known, knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Protocol } from '../model/protocol.ts';
import type { ApplicationAnswer, Timed } from './facts.ts';

/** What Homeport itself met on the way to an endpoint. */
export type Met = {
  readonly message: FailureMessage | null;
  readonly attempts: readonly DialAttempt[];
  readonly expected: string | null;
  readonly protocol: Protocol;
  readonly application: Timed<Known<ApplicationAnswer>> | null;
  /** Whether a connection that was made is still waiting to be accepted. */
  readonly unaccepted: boolean;
  /** What the sockets say that an attempt would meet; counts where none was made. */
  readonly foreseen: FailureClass | null;
};

/** What fails: what the message tells, else the first thing that Homeport's own attempt met. */
export const symptomOf = (met: Met): Symptom => {
  const { message } = met;
  if (message !== null && message.class !== 'none') {
    return { class: message.class, role: message.role, from: 'message' };
  }
  const failure = connecting(met.attempts) ?? speaking(met);
  if (failure !== null) return { class: failure, role: 'client', from: 'attempt' };
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
 * What a client would meet, by the table of sockets alone: refused where nobody listens, no answer
 * where whoever listens takes nothing up; null where nothing speaks against it. `addresses`: those
 * that the client would try.
 */
export const foreseenFailure = (
  addresses: readonly string[],
  answering: readonly Listener[],
  processes: readonly Process[],
): FailureClass | null => {
  const [listener] = answering;
  if (listener === undefined) return addresses.length === 0 ? null : 'connection-refused';
  const owners = new Set(knownOr(listener.owners, []).map(({ pid }) => pid));
  const accepting = processes.filter(({ pid }) => owners.has(pid));
  const asleep = accepting.length > 0 && accepting.every(({ state }) => /[TtZX]/.test(state));
  const { queue } = listener;
  const full = queue !== null && queue.length > knownOr(queue.limit, Infinity);
  return asleep || full ? 'timeout' : null;
};

/** A client tries addresses in their order: what the first one says is what most clients tell. */
const connecting = ([first]: readonly DialAttempt[]): FailureClass | null =>
  first === undefined ? null : classes[first.outcome];

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

const speaking = (met: Met): FailureClass | null => {
  if (met.attempts.length === 0) return null;
  if (met.unaccepted) return 'timeout';
  return mismatch(met) ?? refusedByApplication(met);
};

const mismatch = ({ expected, protocol }: Met): FailureClass | null => {
  if (protocol.status !== 'identified' || expected === null) return null;
  const overTls = protocol.tls !== null || protocol.id === 'tls';
  const speaksHttp = protocol.id.startsWith('http') || protocol.id === 'grpc';
  if (expected === 'https') {
    if (overTls) return isTrusted(protocol) ? null : 'tls-untrusted';
    return speaksHttp ? 'tls-on-http-port' : 'wrong-protocol';
  }
  if (expected === 'http') {
    if (overTls || protocol.details['requires'] === 'TLS') return 'http-on-tls-port';
    return speaksHttp ? null : 'wrong-protocol';
  }
  return protocol.id === expected || overTls ? null : 'wrong-protocol';
};

const isTrusted = ({ tls }: Extract<Protocol, { status: 'identified' }>): boolean =>
  tls?.trust === undefined || (tls.trust.authorized && tls.trust.nameMatches !== false);

const refusedByApplication = ({ application }: Met): FailureClass | null => {
  if (application === null || !isKnown(application.value)) return null;
  const { status, body } = application.value;
  if ([502, 503, 504].includes(status)) return 'proxy-error';
  return refusesHosts(status, body) ? 'host-not-allowed' : null;
};

/** What servers say that check the Host header: Vite, webpack-dev-server, Django, Rails. */
const refusesHosts = (status: number, body: string): boolean =>
  status >= 400 &&
  status < 500 &&
  /Blocked request\. This host|Invalid Host header|DisallowedHost|Invalid HTTP_HOST header|Blocked hosts?:/.test(
    body,
  );
