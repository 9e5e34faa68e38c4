import { describe, expect, test } from 'vitest';
import { describeAttempts } from '../../src/protocols/describe-attempts.ts';
import { clip, identified } from '../../src/protocols/identification.ts';
import { askKinds } from '../../src/protocols/kinds/registry.ts';
import { orderProbes } from '../../src/protocols/order-probes.ts';
import { recognise } from '../../src/protocols/recognise.ts';
import { whyUnreachable } from '../../src/protocols/unreachable.ts';
import { reasonNotToTouch } from '../../src/protocols/untouchable.ts';

const idsFor = (hints: readonly string[], port: number | null): readonly string[] =>
  orderProbes(askKinds, hints, port).map(({ id }) => id);

const usual = askKinds.map(({ id }) => id);
const target = { host: 'localhost', port: null, hints: [] };

describe('the order of the questions', () => {
  test('is the registry’s where nothing is known', () => {
    expect(idsFor([], null)).toEqual(usual);
    expect(idsFor(['nonsense'], 49_342)).toEqual(usual);
  });

  test('begins with what a hint names, then with what the port is known for', () => {
    expect(idsFor(['mosquitto'], 5432).slice(0, 3)).toEqual(['mqtt', 'postgres', 'http1']);
    expect(idsFor(['https'], null)[0]).toBe('tls');
  });

  test('leaves nothing out', () => {
    expect(idsFor(['kafka', 'https'], 6379).toSorted()).toEqual(usual.toSorted());
  });
});

describe('an answer to another kind’s hello', () => {
  test.each([
    ['\u0015\u0003\u0003\u0000\u0002\u0002\u0046', 'tls', true],
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'http1', true],
    ["-ERR wrong number of arguments for 'get' command\r\n", 'redis', false],
    ['ERROR\r\nERROR\r\n', 'memcached', false],
    ['AMQP\u0000\u0000\u0009\u0001', 'amqp', true],
    ['\u0000\u0000\u0006\u0004\u0000\u0000\u0000\u0000\u0000', 'http2', true],
  ])('%j is of %s', (text, id, known) => {
    const recognition = recognise(Buffer.from(text, 'latin1'), askKinds, target);
    expect(recognition?.probe.id).toBe(id);
    expect(recognition?.identification !== null).toBe(known);
  });

  test.each(['', 'S', 'N', 'what?', '\u0005\u0000', '+OK'])('%j is of nobody', (text) => {
    expect(recognise(Buffer.from(text, 'latin1'), askKinds, target)).toBe(null);
  });
});

describe('what was tried in vain', () => {
  const silence = (bytes: string, how: 'silent' | 'closed' | 'not-understood') => ({
    outcome: 'nothing' as const,
    bytes: Buffer.from(bytes),
    how,
  });

  test('is told in order of what it says', () => {
    const tried = [
      { name: 'a greeting', spokeFirst: true, silence: silence('', 'silent') },
      { name: 'HTTP/1.1', spokeFirst: false, silence: silence('', 'closed') },
      { name: 'Redis', spokeFirst: false, silence: silence('no', 'not-understood') },
      { name: 'TLS', spokeFirst: false, silence: silence('', 'closed') },
      { name: 'DNS', spokeFirst: false, silence: silence('', 'silent') },
    ];
    expect(describeAttempts(tried, ['LDAP', 'X11'], null)).toEqual([
      'accepts connections',
      'answered Redis with "no"',
      'does not speak first',
      'stayed silent to DNS',
      'closed the connection on HTTP/1.1, TLS',
      'not tried for lack of time: LDAP, X11',
    ]);
  });
});

test('why a connection failed is said in words, with the code', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(whyUnreachable(refused)).toContain('nobody accepts there (ECONNREFUSED)');
  expect(whyUnreachable(Object.assign(new Error('odd'), { code: 'EODD' }))).toBe('odd');
  expect(whyUnreachable('thrown text')).toBe('thrown text');
});

test('only servers that a client would harm are left untouched', () => {
  expect(reasonNotToTouch(['http', 'jdwp'])).toContain('debugged program');
  expect(reasonNotToTouch(['ncat'])).toContain('first connection');
  expect(reasonNotToTouch(['vite', 'postgres'])).toBe(null);
});

test('text from outside is cut', () => {
  expect(clip('x'.repeat(200))).toHaveLength(200);
  expect(clip('x'.repeat(5_000))).toBe(`${'x'.repeat(200)}…`);
});

test('an identification has every member, null where nothing was seen', () => {
  expect(identified({ evidence: ['x'] })).toEqual({
    version: null,
    server: null,
    title: null,
    authentication: null,
    details: {},
    evidence: ['x'],
  });
});
