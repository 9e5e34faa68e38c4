import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/index.ts';
import { endpointKeys, ownSets } from './corpus.ts';

const everyLine =
  (change: (line: string) => string) =>
  (text: string): string =>
    text.split('\n').map(change).join('\n');

/** What runners and log collectors make of the lines of a program. */
const wraps: readonly (readonly [string, (text: string) => string])[] = [
  ['Compose', everyLine((line) => `web-1  | ${line}`)],
  ['pm2', everyLine((line) => `0|api  | ${line}`)],
  ['foreman', everyLine((line) => `10:00:00 web.1  | ${line}`)],
  ['a journal', everyLine((line) => `Jan 01 10:00:00 myhost app[1234]: ${line}`)],
  ['a kubelet', everyLine((line) => `2024-01-01T10:00:00.123456789Z stderr F ${line}`)],
  ['a router', everyLine((line) => `2024-01-01T10:00:00.123456+00:00 app[web.1]: ${line}`)],
  ['a JSON log', (text) => JSON.stringify({ level: 'ERROR', pid: 12, hostname: 'box', msg: text })],
  ['Windows', (text) => text.replaceAll('\n', '\r\n')],
  ['colours', everyLine((line) => `\u001b[31m${line}\u001b[39m`)],
];

/** Every third, and what it tells alone. */
const messages = ownSets()
  .flatMap((set) => set.messages)
  .filter((_message, index) => index % 3 === 0)
  .map(({ id, text }) => ({ id, text, alone: readMessage(text) }));

describe.each(wraps)('the lines that %s writes', (_name, wrap) => {
  it('tell what they tell alone', () => {
    const changed = messages.flatMap(({ id, text, alone }) => {
      const wrapped = readMessage(wrap(text));
      const same =
        alone.class === wrapped.class &&
        endpointKeys(alone.endpoints).join() === endpointKeys(wrapped.endpoints).join();
      return same ? [] : [id];
    });
    expect(messages.length).toBeGreaterThan(400);
    expect(changed).toEqual([]);
  });
});

describe('a log line of JSON', () => {
  it('shows itself whole, with its number', () => {
    const line = '{"level":"error","msg":"connect ECONNREFUSED ::1:3000"}';
    expect(readMessage(`starting\n${line}`)).toMatchObject({
      class: 'connection-refused',
      line: 2,
      text: line,
    });
  });

  it('tells address and port in fields of their own', () => {
    const line =
      '{"level":50,"err":{"code":"ECONNREFUSED","address":"10.0.0.7","port":5432,"message":"connect failed"}}';
    expect(readMessage(line).endpoints).toEqual([{ host: '10.0.0.7', port: 5432 }]);
  });

  it('blames neither the machine that wrote it nor the request that it served', () => {
    const line =
      '{"msg":"connection refused","hostname":"box","pid":8080,"req":{"host":"a.test:80","remoteAddress":"10.0.0.1"}}';
    expect(readMessage(line)).toMatchObject({ class: 'connection-refused', endpoints: [] });
  });

  it.each([
    '{"msg":"connect ECONNREFUSED ::1:3000"',
    'x {"msg":"connect ECONNREFUSED ::1:3000"}',
    `{"msg":${'['.repeat(3000)}"connect ECONNREFUSED ::1:3000"${']'.repeat(3000)}}`,
  ])('is read as it stands where it is none: %#', (line) => {
    expect(readMessage(line).endpoints).toEqual([{ host: '::1', port: 3000 }]);
  });
});

describe('a wrapped line', () => {
  const wrapped =
    'cannot start the web server on 127.0.0.1:8081 because the address is\nalready in use';

  it('is joined where no line alone tells a failure', () => {
    expect(readMessage(wrapped)).toMatchObject({
      class: 'address-in-use',
      endpoints: [{ host: '127.0.0.1', port: 8081 }],
      line: 1,
    });
  });

  it.each([
    wrapped.replace('\nalready', '.\nalready'),
    wrapped.replace('\nalready', '\nAlready'),
    'address\nalready in use',
  ])('is not joined where the sentence ends or none goes on: %j', (text) => {
    expect(readMessage(text).line).not.toBe(1);
  });
});
