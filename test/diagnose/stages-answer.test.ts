import { describe, expect, it } from 'vitest';
import type { EndpointFacts } from '../../src/diagnose/facts.ts';
import type { DialAttempt, Symptom } from '../../src/model/diagnosis.ts';
import { unknown } from '../../src/model/known.ts';
import type { InetSocket } from '../../src/model/socket.ts';
import { endpointFacts, type Told } from '../support/diagnosis-facts.ts';
import { oneProcess } from '../support/scene.ts';
import { answered, message, soundTls, spoken } from './checks/connect-outcome.ts';
import { served, stageOf, told } from './stage-facts.ts';

describe('accept queue', () => {
  const queue = (length: number, limit: number): Partial<InetSocket> => ({
    acceptQueue: { length, limit },
  });
  const inState = (state: string): Told =>
    served(queue(2, 511), { processes: [oneProcess(101, 1, { state })] });

  it.each<[string, Told, string]>([
    ['empty', served(queue(0, 511)), 'pass: 0 connections wait to be accepted; the backlog is 511'],
    ['one', served(queue(1, 511)), 'pass: 1 connection waits to be accepted; the backlog is 511'],
    [
      'full',
      served(queue(6, 5)),
      'fail: the accept queue is full: 6 connections wait to be accepted; the backlog is 5',
    ],
    [
      'as many as may',
      served(queue(5, 5)),
      'pass: 5 connections wait to be accepted; the backlog is 5',
    ],
    ['stopped', inState('T'), 'fail: pid 101 is stopped'],
    ['traced', inState('t'), 'fail: pid 101 is stopped by a debugger'],
    ['zombie', inState('Z'), 'fail: pid 101 has ended and is a zombie'],
    ['dead', inState('X'), 'fail: pid 101 has ended'],
    [
      'asleep on a disk',
      inState('D'),
      'pass: 2 connections wait to be accepted; the backlog is 511',
    ],
    ['nobody', {}, 'not-applicable: nobody listens for connections there'],
    [
      'datagrams',
      served({ transport: 'udp', state: 'close' }),
      'not-applicable: nobody listens for connections there',
    ],
  ])('%s', (_, more, expected) => {
    expect(told('accept-queue', endpointFacts('127.0.0.1:3000', more))).toBe(expected);
  });

  it('has no part in a bind', () => {
    const symptom: Symptom = { class: 'address-in-use', role: 'server', from: 'message' };
    const facts = endpointFacts('127.0.0.1:3000', served(queue(6, 5), { facts: { symptom } }));
    expect(told('accept-queue', facts)).toBe('not-applicable: who binds waits in no queue');
  });

  it('a connection that was made and not accepted is a failure', () => {
    const attempts: DialAttempt[] = [
      { address: '127.0.0.1', port: 3000, outcome: 'connected', code: null, durationMs: 1 },
    ];
    const symptom: Symptom = { class: 'timeout', role: 'client', from: 'attempt' };
    const facts = endpointFacts(
      '127.0.0.1:3000',
      served(queue(1, 511), { facts: { attempts, symptom } }),
    );
    expect(told('accept-queue', facts)).toBe(
      'fail: nobody accepts: 1 connection waits to be accepted; the backlog is 511',
    );
  });
});

describe('handshake', () => {
  const dialled = (
    address: string,
    outcome: DialAttempt['outcome'],
    code: string | null = null,
  ): DialAttempt => ({ address, port: 3000, outcome, code, durationMs: 4 });

  it.each<[readonly DialAttempt[], string]>([
    [[], 'not-applicable: no connection was tried'],
    [[dialled('127.0.0.1', 'connected')], 'pass: connected to 127.0.0.1:3000'],
    [
      [dialled('::1', 'connected'), dialled('127.0.0.1', 'connected')],
      'pass: connected to [::1]:3000 and 127.0.0.1:3000',
    ],
    [
      [dialled('127.0.0.1', 'refused', 'ECONNREFUSED')],
      'fail: 127.0.0.1:3000 refuses (ECONNREFUSED)',
    ],
    [
      [dialled('127.0.0.1', 'connected'), dialled('::1', 'refused', 'ECONNREFUSED')],
      'pass: 127.0.0.1:3000 connects; [::1]:3000 refuses (ECONNREFUSED)',
    ],
    [
      [dialled('::1', 'no-route', 'ENETUNREACH'), dialled('127.0.0.1', 'connected')],
      'fail: [::1]:3000 has no route (ENETUNREACH); 127.0.0.1:3000 connects',
    ],
    [[dialled('127.0.0.1', 'timed-out')], 'fail: 127.0.0.1:3000 does not answer'],
    [
      [dialled('127.0.0.1', 'met-itself')],
      'fail: 127.0.0.1:3000 was answered by the very socket that asked: TCP met itself',
    ],
  ])('%j', (attempts, expected) => {
    expect(told('handshake', endpointFacts('localhost:3000', { facts: { attempts } }))).toBe(
      expected,
    );
  });

  it('took as long as the slowest attempt', () => {
    const attempts = [
      dialled('::1', 'connected'),
      { ...dialled('127.0.0.1', 'connected'), durationMs: 9 },
    ];
    expect(
      stageOf('handshake', endpointFacts('localhost:3000', { facts: { attempts } })).durationMs,
    ).toBe(9);
  });
});

const speaking = (text: string, ...given: Parameters<typeof spoken>): EndpointFacts =>
  endpointFacts(text, {
    facts: { protocol: { value: spoken(...given), durationMs: 7 } },
  });

describe('TLS', () => {
  const trust = (authorized: boolean, error: string | null, nameMatches = true) => ({
    tls: soundTls({ trust: { authorized, error, nameMatches } }),
  });

  it.each<[EndpointFacts, string]>([
    [endpointFacts('127.0.0.1:1'), 'not-applicable: no protocol was identified'],
    [speaking('127.0.0.1:1', 'http1'), 'not-applicable: the server speaks without TLS'],
    [
      speaking('https://127.0.0.1:1', 'http1'),
      'fail: the client speaks https, and the server speaks without TLS',
    ],
    [
      speaking('http://127.0.0.1:1', 'http1', { tls: soundTls() }),
      'fail: the client speaks http, and the server speaks TLS',
    ],
    [
      speaking('http://127.0.0.1:1', 'http1', { details: { requires: 'TLS' } }),
      'fail: the client speaks http, and the server speaks TLS',
    ],
    [
      speaking('https://127.0.0.1:1', 'http1', { tls: soundTls() }),
      'pass: TLSv1.3 with CN=localhost',
    ],
    [
      speaking('https://127.0.0.1:1', 'http1', trust(false, 'CERT_HAS_EXPIRED')),
      'fail: the certificate is not believed: CERT_HAS_EXPIRED',
    ],
    [
      speaking('https://127.0.0.1:1', 'http1', trust(false, null)),
      'fail: the certificate is not believed: nobody vouches for it',
    ],
    [
      speaking('https://127.0.0.1:1', 'http1', trust(true, null, false)),
      'fail: the certificate is not believed: it is for another name',
    ],
    [
      speaking('https://127.0.0.1:1', 'tls', { details: { alert: 'handshake failure' } }),
      'fail: the server ends the connection: handshake failure',
    ],
    [speaking('https://127.0.0.1:1', 'tls'), 'pass: the server speaks TLS'],
  ])('%#', (facts, expected) => {
    expect(told('tls', facts)).toBe(expected);
  });

  it('is expected where the URL in a message is one of https', () => {
    const facts = {
      ...speaking('127.0.0.1:8443', 'http1'),
      ...message('tls-mismatch', 'GET https://127.0.0.1:8443/ failed: wrong version number'),
    };
    expect(told('tls', facts)).toMatch(/^fail: the client speaks https/);
  });

  it('shows the certificate', () => {
    const { evidence } = stageOf('tls', speaking('127.0.0.1:1', 'http1', { tls: soundTls() }));
    expect(evidence).toContain('for localhost, 127.0.0.1');
  });
});

describe('protocol', () => {
  it.each<[EndpointFacts, string]>([
    [endpointFacts('127.0.0.1:1'), 'not-applicable: not asked to'],
    [
      endpointFacts('127.0.0.1:1', {
        facts: { protocol: { value: { status: 'unreachable', why: 'it is gone' }, durationMs: 1 } },
      }),
      'not-applicable: it is gone',
    ],
    [
      endpointFacts('127.0.0.1:1', {
        facts: { protocol: { value: { status: 'unrecognised', evidence: [] }, durationMs: 1 } },
      }),
      'unknown: what it speaks was not recognised',
    ],
    [speaking('127.0.0.1:1', 'redis'), 'pass: redis'],
    [speaking('http://127.0.0.1:1', 'http1', { server: 'nginx/1' }), 'pass: http1, nginx/1'],
    [
      speaking('http://127.0.0.1:1', 'elasticsearch', { details: { over: 'HTTP/1.1' } }),
      'pass: elasticsearch',
    ],
    [speaking('https://127.0.0.1:1', 'tls', { tls: soundTls() }), 'pass: tls'],
    [speaking('postgresql://127.0.0.1:1', 'postgres'), 'pass: postgres'],
    [speaking('http://127.0.0.1:1', 'postgres'), 'fail: postgres, and the client speaks http'],
  ])('%#', (facts, expected) => {
    expect(told('protocol', facts)).toBe(expected);
  });

  it('takes its time', () => {
    expect(stageOf('protocol', speaking('127.0.0.1:1', 'redis')).durationMs).toBe(7);
  });
});

describe('application', () => {
  it.each<[Partial<EndpointFacts>, string]>([
    [{}, 'not-applicable: the application was not asked'],
    [answered(200, ''), 'pass: GET http://localhost:8000/ answers 200'],
    [answered(200, 'Invalid Host header'), 'fail: GET http://localhost:8000/ answers 200'],
    [answered(404, ''), 'pass: GET http://localhost:8000/ answers 404'],
    [answered(401, ''), 'pass: GET http://localhost:8000/ answers 401'],
    [answered(403, ''), 'fail: GET http://localhost:8000/ answers 403'],
    [answered(400, ''), 'fail: GET http://localhost:8000/ answers 400'],
    [answered(502, ''), 'fail: GET http://localhost:8000/ answers 502'],
    [
      { application: { value: unknown('gone', 'it hung up'), durationMs: 1 } },
      'unknown: GET /: it hung up',
    ],
    [{ application: { value: unknown('gone'), durationMs: 1 } }, 'unknown: GET /: no answer'],
  ])('%j', (facts, expected) => {
    expect(told('application', endpointFacts('localhost:8000', { facts }))).toBe(expected);
  });

  it('names the server', () => {
    const facts = answered(200, '', { server: 'nginx/1.22.1' });
    expect(stageOf('application', endpointFacts('localhost:8000', { facts })).evidence).toEqual([
      'server: nginx/1.22.1',
    ]);
  });
});
