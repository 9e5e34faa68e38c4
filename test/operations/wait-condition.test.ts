import { describe, expect, it, test } from 'vitest';
import type { Unanswered } from '../../src/diagnose/facts.ts';
import { unknown } from '../../src/model/known.ts';
import type { Conduct, Protocol } from '../../src/model/protocol.ts';
import {
  type Answers,
  answersAs,
  conditionFor,
  waitableProtocols,
} from '../../src/operations/wait-condition.ts';
import { askKinds, greetingKinds } from '../../src/protocols/kinds/registry.ts';
import { answered, soundTls, spoken } from '../diagnose/checks/connect-outcome.ts';

test('what can be waited for is what handshakes tell, with HTTP by its schemes', () => {
  const told = [...askKinds, ...greetingKinds].map(({ id }) => id).filter((id) => id !== 'http1');
  expect(waitableProtocols).toEqual([...told, 'grpc', 'http', 'https'].toSorted());
});

describe('what a wait is for', () => {
  it.each<[string | null, string | null, string]>([
    [null, null, 'any'],
    [null, 'https', 'https'],
    [null, 'wss', 'https'],
    [null, 'postgresql', 'postgres'],
    [null, 'mssql', 'any'],
    ['tcp', 'https', 'tcp'],
    ['HTTP', null, 'http'],
    ['http1', null, 'http'],
    ['ws', null, 'http'],
    ['wss', null, 'https'],
    ['h2c', null, 'http2'],
    ['pg', null, 'postgres'],
    ['mariadb', null, 'mysql'],
    ['valkey', null, 'redis'],
    ['rediss', null, 'redis'],
    ['mongo', null, 'mongodb'],
    ['rabbitmq', null, 'amqp'],
    ['grpcs', null, 'grpc'],
    ['tls', null, 'tls'],
  ])('%s, by a URL of %s: %s', (word, scheme, id) => {
    expect(conditionFor(word, scheme).id).toBe(id);
  });

  it.each(waitableProtocols)('%s can be said, and is asked for first', (id) => {
    expect(conditionFor(id, null)).toEqual({ id, hint: id, expected: id });
  });

  it.each(['any', 'tcp'])('%s favours nothing', (id) => {
    expect(conditionFor(id === 'any' ? null : id, null)).toEqual({
      id,
      hint: null,
      expected: null,
    });
  });

  it.each([
    ['reddis', '"reddis" is nothing that can be waited for', 'did you mean redis?'],
    ['postgress', '"postgress" is nothing that can be waited for', 'did you mean postgres?'],
    [
      '\u001b[2J',
      '"\\u001b[2J" is nothing that can be waited for',
      /^one of tcp, adb, .*zookeeper$/,
    ],
  ])('%j is refused with a hint', (word, text, hint) => {
    expect(() => conditionFor(word, null)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: text,
        hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
      }),
    );
  });

  it.each(['constructor', '__proto__', 'toString', ''])('%j is no protocol either', (word) => {
    expect(() => conditionFor(word, null)).toThrow(/nothing that can be waited for/);
  });
});

const conditionOf = (id: string) => ({ id, hint: null, expected: id === 'any' ? null : id });

const mute = (conduct: Conduct): Protocol => ({ status: 'unrecognised', evidence: [], conduct });

describe('what a page says', () => {
  const without = (unanswered: Unanswered, why: string) => ({
    application: { value: unknown('unsupported', why), durationMs: 1, unanswered },
  });

  it.each<[string, Protocol, Answers['application'], string | null]>([
    ['http', spoken('http1'), answered(404, 'x').application, null],
    ['http', spoken('http1'), answered(503, 'x').application, 'HTTP answers with 503'],
    ['http', spoken('http1'), without('silent', 'no answer came').application, 'no answer came'],
    ['any', spoken('http1'), without('silent', 'no answer came').application, 'no answer came'],
    ['any', mute('silent'), without('silent', 'no answer came').application, 'no answer came'],
    [
      'http',
      spoken('http2'),
      without('not-http', 'x').application,
      'http2 answers, and no HTTP/1.1',
    ],
    ['http', spoken('http2'), answered(200, 'x').application, null],
    ['https', spoken('http2', { tls: soundTls() }), without('not-offered', 'x').application, null],
  ])('for %s: %j, %j', (id, protocol, application, met) => {
    expect(answersAs(conditionOf(id), { protocol, application })).toBe(met);
  });
});

describe('what answers', () => {
  const tls = soundTls();
  const status = (code: number) => ({ details: { status: String(code) } });

  it.each<[string, Protocol, string | null]>([
    ['any', spoken('redis'), null],
    ['any', mute('answered'), null],
    ['any', mute('silent'), 'it accepts connections, and answers nothing'],
    ['any', mute('closed'), 'it closes connections without an answer'],
    ['any', mute('closed-at-once'), 'it closes connections at once'],
    ['http', mute('silent'), 'it accepts connections, and answers nothing'],
    ['http', mute('answered'), 'something answers that is not known'],
    ['any', spoken('http1', status(404)), null],
    ['any', spoken('http1', status(503)), 'HTTP answers with 503'],
    [
      'any',
      spoken('redis', { details: { loading: 'yes' } }),
      'redis answers that it is still loading',
    ],
    ['any', { status: 'unreachable', why: 'it was reset' }, 'it was reset'],
    ['http', spoken('http1', status(200)), null],
    ['http', spoken('http1', status(499)), null],
    ['http', spoken('http1', status(500)), 'HTTP answers with 500'],
    ['http', spoken('http2', status(200)), null],
    ['http', spoken('grafana', { details: { over: 'HTTP/1.1', status: '302' } }), null],
    ['http', spoken('grpc', { details: { over: 'HTTP/2' } }), null],
    ['http', spoken('http1', { tls }), 'http1 answers'],
    ['http', spoken('http1', { details: { requires: 'TLS' } }), 'http1 answers'],
    ['http', spoken('redis'), 'redis answers'],
    ['http', { status: 'unrecognised', evidence: [] }, 'something answers that is not known'],
    ['https', spoken('http1', { tls, ...status(200) }), null],
    ['https', spoken('http1', { tls, ...status(502) }), 'HTTP answers with 502'],
    ['https', spoken('http1', status(200)), 'http1 answers'],
    ['https', spoken('tls', { tls }), 'tls answers'],
    ['tls', spoken('tls', { tls }), null],
    ['tls', spoken('tls', { details: { alert: 'handshake failure' } }), null],
    ['tls', spoken('http1', { tls, ...status(503) }), null],
    ['tls', spoken('smtp', { tls }), null],
    ['tls', spoken('smtp'), 'smtp answers'],
    ['http2', spoken('http2'), null],
    ['http2', spoken('grafana', { details: { over: 'HTTP/2' } }), null],
    ['http2', spoken('http1'), 'http1 answers'],
    ['postgres', spoken('postgres'), null],
    ['postgres', spoken('mysql'), 'mysql answers'],
  ])('for %s: %j', (id, protocol, met) => {
    expect(answersAs(conditionOf(id), { protocol, application: null })).toBe(met);
  });
});
