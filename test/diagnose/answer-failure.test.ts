import { describe, expect, it } from 'vitest';
import { type Answered, failureOfAnswer } from '../../src/diagnose/answer-failure.ts';
import type { Unanswered } from '../../src/diagnose/facts.ts';
import type { FailureClass } from '../../src/model/failure.ts';
import { unknown } from '../../src/model/known.ts';
import type { Conduct } from '../../src/model/protocol.ts';
import { answered, soundTls, spoken } from './checks/connect-outcome.ts';

const failureOf = (given: Partial<Answered>): FailureClass | null =>
  failureOfAnswer({
    expected: null,
    program: null,
    protocol: { status: 'not-probed', why: 'not asked to' },
    application: null,
    ...given,
  });

const without = (unanswered: Unanswered) => ({
  application: { value: unknown('gone', 'no answer'), durationMs: 1, unanswered },
});

const conduct = (how: Conduct) => ({
  protocol: { status: 'unrecognised', evidence: [], conduct: how } as const,
});

describe('a page that is asked for', () => {
  it.each<[Unanswered, Partial<Answered>, FailureClass | null]>([
    ['silent', { protocol: spoken('http1') }, 'timeout'],
    ['closed', { protocol: spoken('http1') }, 'connection-reset'],
    ['reset', { protocol: spoken('http1') }, 'connection-reset'],
    ['not-http', { protocol: spoken('http2') }, 'wrong-protocol'],
    ['not-http', { ...conduct('answered') }, 'wrong-protocol'],
    // It is HTTP that Homeport reads and Node's stricter parser does not.
    ['not-http', { protocol: spoken('http1') }, null],
    ['not-offered', { protocol: spoken('http2', { tls: soundTls() }) }, null],
  ])('%s (%j): %s', (unanswered, given, failure) => {
    expect(failureOf({ expected: 'http', ...given, ...without(unanswered) })).toBe(failure);
  });

  it.each<[number, FailureClass | null]>([
    [200, null],
    [302, null],
    [404, null],
    [499, null],
    [500, 'application-error'],
    [502, 'proxy-error'],
    [503, 'application-error'],
  ])('status %i: %s', (status, failure) => {
    const { application } = answered(status, 'x');
    expect(failureOf({ protocol: spoken('http1'), application })).toBe(failure);
  });

  it('that was answered makes up for handshakes that were not', () => {
    const { application } = answered(200, 'late');
    expect(failureOf({ expected: 'http', ...conduct('closed-at-once'), application })).toBeNull();
  });
});

describe('handshakes without an answer', () => {
  it.each<[Conduct, string | null, boolean, FailureClass | null]>([
    ['silent', null, false, null],
    ['silent', null, true, 'timeout'],
    ['silent', 'postgres', false, 'timeout'],
    ['silent', 'tls', false, 'timeout'],
    // No server of this protocol could be recognised.
    ['silent', 'mssql', false, null],
    ['closed', null, false, null],
    ['closed', null, true, 'connection-reset'],
    ['closed', 'redis', false, 'connection-reset'],
    ['closed-at-once', null, false, 'connection-reset'],
    ['closed-at-once', 'mssql', false, 'connection-reset'],
    ['answered', null, false, null],
    ['answered', null, true, null],
    ['answered', 'postgres', false, 'wrong-protocol'],
  ])('%s, for %s, an answer awaited: %s → %s', (how, expected, mustAnswer, failure) => {
    expect(failureOf({ ...conduct(how), expected, mustAnswer })).toBe(failure);
  });

  it('of which nobody saw how they went are no failure', () => {
    expect(
      failureOf({ protocol: { status: 'unrecognised', evidence: [] }, expected: 'http' }),
    ).toBeNull();
  });
});

describe('a server that answers before it serves', () => {
  it.each<[Partial<Answered>, FailureClass | null]>([
    [{ protocol: spoken('redis', { details: { loading: 'yes' } }) }, 'application-error'],
    [{ protocol: spoken('redis') }, null],
    [{ protocol: spoken('postgres'), notReady: 'it starts up' }, 'application-error'],
    [{ protocol: spoken('postgres'), notReady: null }, null],
  ])('%j: %s', (given, failure) => {
    expect(failureOf(given)).toBe(failure);
  });
});
