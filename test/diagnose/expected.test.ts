import { expect, test } from 'vitest';
import { expectedProtocol } from '../../src/diagnose/expected.ts';

test.each([
  ['http', null, 'http'],
  ['https', 'redis', 'https'],
  ['ws', null, 'http'],
  ['wss', null, 'https'],
  ['postgresql', null, 'postgres'],
  ['rediss', null, 'redis'],
  ['amqps', null, 'amqp'],
  ['mqtts', null, 'mqtt'],
  ['ftp', null, 'ftp'],
  [null, 'postgres', 'postgres'],
  [null, 'rabbitmq', 'amqp'],
  [null, 'elasticsearch', 'http'],
  [null, 'node', null],
  [null, null, null],
])('scheme %s, words of %s: %s', (scheme, ecosystem, expected) => {
  expect(expectedProtocol(scheme, ecosystem)).toBe(expected);
});
