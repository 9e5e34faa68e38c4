import type { FailureClass } from '../model/failure.ts';
import { isKnown } from '../model/known.ts';
import type { Conduct, Protocol } from '../model/protocol.ts';
import type { AskedApplication, Unanswered } from './facts.ts';
import { gatewayOf } from './gateways.ts';
import { refusalIn } from './host-refusals.ts';
import { familyExpected, speaksHttp1 } from './protocol-names.ts';

/** What came of asking a server, and what its client counts on. */
export type Answered = {
  /** The client's protocol; null: not told. */
  readonly expected: string | null;
  /** Who listens, as a detector's id; null: not known. */
  readonly program: string | null;
  readonly protocol: Protocol;
  readonly application: AskedApplication | null;
  /** What it says of itself where it does not serve yet; null or left out: nothing. */
  readonly notReady?: string | null;
  /** Whether something has to be answered though nobody tells in which protocol. */
  readonly mustAnswer?: boolean;
};

/**
 * What a client meets of a server that took its connection up, TLS and a foreign protocol aside: no
 * answer, a connection that is closed, or an answer that says that it can't serve; null: it serves.
 * A diagnosis and a wait judge by it both. Pure.
 */
export const failureOfAnswer = (answered: Answered): FailureClass | null =>
  unanswered(answered) ?? refused(answered) ?? notYet(answered);

const unanswered = (answered: Answered): FailureClass | null => {
  const { application, protocol } = answered;
  if (application?.unanswered === 'not-http' && isHttp1(protocol)) return null;
  if (application !== null) {
    return application.unanswered === undefined ? null : ofRequests[application.unanswered];
  }
  if (protocol.status !== 'unrecognised' || protocol.conduct === undefined) return null;
  if (protocol.conduct === 'closed-at-once') return 'connection-reset';
  return isCountedOn(answered) ? ofHandshakes[protocol.conduct] : null;
};

const isHttp1 = (protocol: Protocol): boolean =>
  protocol.status === 'identified' && speaksHttp1(protocol);

/** A client within TLS agrees on another version of HTTP, where the server refuses one. */
const ofRequests: Readonly<Record<Unanswered, FailureClass | null>> = {
  silent: 'timeout',
  closed: 'connection-reset',
  reset: 'connection-reset',
  'not-http': 'wrong-protocol',
  'not-offered': null,
};

const ofHandshakes: Readonly<Record<Exclude<Conduct, 'closed-at-once'>, FailureClass | null>> = {
  silent: 'timeout',
  closed: 'connection-reset',
  answered: 'wrong-protocol',
};

/** Many a server has a protocol of its own, and is silent to all others. */
const isCountedOn = ({ expected, mustAnswer = false, protocol }: Answered): boolean => {
  if (expected !== null) return expected === 'tls' || familyExpected(expected) !== null;
  return mustAnswer && protocol.status === 'unrecognised' && protocol.conduct !== 'answered';
};

const refused = ({ application, program }: Answered): FailureClass | null => {
  if (application === null || !isKnown(application.value)) return null;
  if (gatewayOf(application.value, program) !== null) return 'proxy-error';
  if (refusalIn(application.value, { program, dependencies: [] }) !== null) {
    return 'host-not-allowed';
  }
  return application.value.status >= 500 ? 'application-error' : null;
};

/** Some servers answer before they serve. */
const notYet = ({ protocol, notReady = null }: Answered): FailureClass | null => {
  const isLoading = protocol.status === 'identified' && protocol.details['loading'] !== undefined;
  return isLoading || notReady !== null ? 'application-error' : null;
};
