import { describe, expect, it, test } from 'vitest';
import { isBind, type Met, symptomOf } from '../../src/diagnose/symptom.ts';
import type { DialAttempt, Symptom } from '../../src/model/diagnosis.ts';
import type { FailureClass, FailureMessage } from '../../src/model/failure.ts';
import { unknown } from '../../src/model/known.ts';
import { answered, soundTls, spoken } from './checks/connect-outcome.ts';

const dialled = (
  outcome: DialAttempt['outcome'],
  code: string | null = null,
  address = '127.0.0.1',
): DialAttempt => ({ address, port: 3000, outcome, code, durationMs: 1 });

const met = (given: Partial<Met> = {}): Met => ({
  message: null,
  resolution: null,
  attempts: [dialled('connected')],
  expected: null,
  program: null,
  protocol: { status: 'unrecognised', evidence: [] },
  application: null,
  unaccepted: false,
  foreseen: null,
  ...given,
});

const classOf = (given: Partial<Met>): FailureClass => symptomOf(met(given)).class;

const message: FailureMessage = {
  class: 'timeout',
  endpoints: [],
  role: 'client',
  ecosystem: null,
  line: 1,
  text: 'timed out',
  notes: [],
};

test('what a message tells comes before what Homeport meets', () => {
  const attempts = [dialled('refused', 'ECONNREFUSED')];
  expect(symptomOf(met({ message, attempts }))).toEqual({
    class: 'timeout',
    role: 'client',
    from: 'message',
  });
});

test('a message that tells of nothing leaves it to the attempt', () => {
  const told = { ...message, class: 'none' } as const;
  expect(symptomOf(met({ message: told, attempts: [dialled('refused', 'ECONNREFUSED')] }))).toEqual(
    { class: 'connection-refused', role: 'client', from: 'attempt' },
  );
});

describe('connecting', () => {
  it.each<[DialAttempt['outcome'], string | null, FailureClass]>([
    ['connected', null, 'none'],
    ['refused', 'ECONNREFUSED', 'connection-refused'],
    ['timed-out', null, 'timeout'],
    ['reset', 'ECONNRESET', 'connection-reset'],
    ['no-route', 'EHOSTUNREACH', 'unreachable'],
    ['address-not-available', 'EADDRNOTAVAIL', 'address-not-available'],
    ['denied', 'EPERM', 'permission-denied'],
    ['met-itself', null, 'connection-refused'],
    ['failed', 'EMFILE', 'too-many-files'],
    ['failed', 'ENFILE', 'too-many-files'],
    ['failed', 'EWHATEVER', 'unreachable'],
  ])('%s (%s) is %s', (outcome, code, expected) => {
    expect(classOf({ attempts: [dialled(outcome, code)] })).toBe(expected);
  });

  it('is told by the address that clients try first', () => {
    const refused = dialled('refused', 'ECONNREFUSED', '::1');
    expect(classOf({ attempts: [refused, dialled('connected')] })).toBe('connection-refused');
    expect(classOf({ attempts: [dialled('connected'), refused] })).toBe('none');
  });

  it('that nobody accepts is a time-out', () => {
    expect(classOf({ unaccepted: true })).toBe('timeout');
  });
});

describe('a name', () => {
  const denied = { value: unknown('gone', 'no such name'), durationMs: 1 };

  it('without an address fails before anything is tried', () => {
    const symptom = symptomOf(met({ resolution: denied, attempts: [] }));
    expect(symptom).toEqual({ class: 'name-not-resolved', role: 'client', from: 'attempt' });
  });

  it('that the resolver denies fails also where Homeport knows the address by itself', () => {
    expect(classOf({ resolution: denied })).toBe('name-not-resolved');
  });

  it('that could not be asked for does no harm where an address is known', () => {
    const unasked = { value: unknown('unsupported', 'no answer in time'), durationMs: 1 };
    expect(classOf({ resolution: unasked })).toBe('none');
  });
});

describe('where nothing was tried', () => {
  it('the sockets tell what would be met', () => {
    expect(symptomOf(met({ attempts: [], foreseen: 'timeout' }))).toEqual({
      class: 'timeout',
      role: 'client',
      from: 'sockets',
    });
  });

  it('nothing fails where nothing speaks against it', () => {
    expect(symptomOf(met({ attempts: [] }))).toEqual({
      class: 'none',
      role: 'unknown',
      from: 'nothing',
    });
  });

  it('the sockets do not count where something was tried', () => {
    expect(classOf({ foreseen: 'connection-refused' })).toBe('none');
  });
});

describe('speaking', () => {
  const trust = { authorized: false, error: 'CERT_HAS_EXPIRED', nameMatches: true };
  const otherName = { authorized: true, error: null, nameMatches: false };

  it.each<[string, string, Partial<Parameters<typeof spoken>[1]>, FailureClass]>([
    ['http', 'http1', {}, 'none'],
    ['http', 'http2', {}, 'none'],
    ['http', 'grpc', {}, 'none'],
    ['http', 'elasticsearch', { details: { over: 'HTTP/1.1' } }, 'none'],
    ['http', 'postgres', {}, 'wrong-protocol'],
    ['http', 'http1', { tls: soundTls() }, 'http-on-tls-port'],
    ['http', 'http1', { details: { requires: 'TLS' } }, 'http-on-tls-port'],
    ['https', 'http1', { tls: soundTls() }, 'none'],
    ['https', 'tls', { tls: soundTls() }, 'none'],
    ['https', 'http1', {}, 'tls-on-http-port'],
    ['https', 'ollama', { details: { over: 'HTTP/1.1' } }, 'tls-on-http-port'],
    ['https', 'redis', {}, 'wrong-protocol'],
    ['https', 'redis', { tls: soundTls() }, 'wrong-protocol'],
    ['https', 'http1', { tls: soundTls({ trust }) }, 'tls-untrusted'],
    ['https', 'http1', { tls: soundTls({ trust: otherName }) }, 'tls-untrusted'],
    ['https', 'tls', { details: { alert: 'certificate required' } }, 'tls-mismatch'],
    ['tls', 'smtp', { tls: soundTls() }, 'none'],
    ['tls', 'http1', {}, 'tls-on-http-port'],
    ['tls', 'redis', {}, 'wrong-protocol'],
    ['postgresql', 'postgres', {}, 'none'],
    ['valkey', 'redis', {}, 'none'],
    ['rediss', 'redis', { tls: soundTls() }, 'none'],
    ['postgres', 'mysql', {}, 'wrong-protocol'],
    ['mssql', 'telnet', {}, 'none'],
  ])('a client of %s at a server of %s (%j): %s', (expected, id, given, failure) => {
    expect(classOf({ expected, protocol: spoken(id, given) })).toBe(failure);
  });

  it('is not judged where nobody says what the client speaks', () => {
    const protocol = spoken('http1', { tls: soundTls({ trust }) });
    expect(classOf({ protocol })).toBe('none');
  });

  it('is not judged where nothing was recognised', () => {
    expect(classOf({ expected: 'https' })).toBe('none');
  });
});

describe('the application', () => {
  it.each<[string, number, string, FailureClass]>([
    ['a gateway without its upstream', 502, '<h1>502 Bad Gateway</h1><hr>nginx', 'proxy-error'],
    ['its own error', 500, 'TypeError: x is undefined', 'application-error'],
    ['its own 503', 503, 'warming up', 'application-error'],
    ['a page that is not there', 404, 'Cannot GET /', 'none'],
    [
      'a refused Host header',
      403,
      'Blocked request. This host ("shop.test") is not allowed.\nTo allow this host, add "shop.test" to `server.allowedHosts` in vite.config.js.',
      'host-not-allowed',
    ],
    ['a page that tells of one', 200, 'Blocked request. This host is not allowed.', 'none'],
  ])('%s', (_, status, body, failure) => {
    const { application } = answered(status, body);
    expect(classOf({ protocol: spoken('http1'), application })).toBe(failure);
  });

  it('that did not answer is no failure of the way to it', () => {
    const application = { value: unknown('unsupported', 'no answer'), durationMs: 1000 };
    expect(classOf({ protocol: spoken('http1'), application })).toBe('none');
  });
});

describe('an environment that sends clients to a proxy that is not there', () => {
  it('fails though the endpoint answers', () => {
    const protocol = spoken('http1');
    expect(symptomOf(met({ protocol, sentToDeadProxy: true }))).toEqual({
      class: 'proxy-error',
      role: 'client',
      from: 'sockets',
    });
    const attempts = [dialled('refused', 'ECONNREFUSED')];
    expect(classOf({ attempts, sentToDeadProxy: true })).toBe('connection-refused');
    expect(classOf({ attempts: [], sentToDeadProxy: true })).toBe('none');
  });
});

describe('a bind', () => {
  it.each<[FailureClass, Symptom['role'], boolean]>([
    ['address-in-use', 'server', true],
    ['address-in-use', 'unknown', true],
    ['address-in-use', 'client', false],
    ['port-in-excluded-range', 'unknown', true],
    ['permission-denied', 'server', true],
    ['permission-denied', 'unknown', false],
    ['address-not-available', 'unknown', true],
    ['address-not-available', 'client', false],
    ['connection-refused', 'server', false],
  ])('%s, told by the %s: %s', (failure, role, expected) => {
    expect(isBind({ class: failure, role, from: 'message' })).toBe(expected);
  });
});
