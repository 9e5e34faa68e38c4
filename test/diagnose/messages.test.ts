import { describe, expect, it } from 'vitest';
import { type FailureRole, readMessage } from '../../src/index.ts';
import { endpointKeys, type LabelledMessage, ownSets, sharedSet } from './corpus.ts';

/** Where one of both can't tell the end, they don't contradict each other. */
const fitsRole = (told: FailureRole, right: FailureRole): boolean =>
  told === right || told === 'unknown' || right === 'unknown';

const check = (messages: readonly LabelledMessage[]): void => {
  it.each(messages.map((message) => [message.id, message] as const))('%s', (_id, message) => {
    const answer = readMessage(message.text);
    expect([message.class, ...message.class_alt]).toContain(answer.class);
    expect(endpointKeys(answer.endpoints)).toEqual(endpointKeys(message.endpoints));
    if (answer.class !== 'none') expect(fitsRole(answer.role, message.role)).toBe(true);
  });
};

describe.each(ownSets())('the messages of $name', ({ messages }) => {
  check(messages);
});

const shared = sharedSet();

describe.skipIf(shared.length === 0)('the shared messages (no ../shared/corpus here)', () => {
  check(shared);
});

describe('a message', () => {
  it('tells its class, endpoint, role, ecosystem and line', () => {
    const text =
      'ready\n\u001b[31mError: listen EADDRINUSE: address already in use :::3000\u001b[0m\n';
    expect(readMessage(text)).toEqual({
      class: 'address-in-use',
      endpoints: [{ host: '::', port: 3000 }],
      role: 'server',
      ecosystem: 'node',
      line: 2,
      text: 'Error: listen EADDRINUSE: address already in use :::3000',
      notes: [],
    });
  });

  it('is none where nothing went wrong', () => {
    expect(readMessage('Server running at http://127.0.0.1:3000/')).toEqual({
      class: 'none',
      endpoints: [],
      role: 'unknown',
      ecosystem: null,
      line: null,
      text: null,
      notes: [],
    });
  });

  it('names each endpoint once, and all that one failure has', () => {
    const text = [
      'Error: connect ECONNREFUSED ::1:5432',
      'Error: connect ECONNREFUSED 127.0.0.1:5432',
      'Error: connect ECONNREFUSED ::1:5432 ',
    ].join('\n');
    expect(readMessage(text).endpoints).toEqual([
      { host: '::1', port: 5432 },
      { host: '127.0.0.1', port: 5432 },
    ]);
  });

  it.each([
    'Error: connection refused at TCPConnectWrap.afterConnect (node:net:1494:16)',
    '2024-01-02 10:11:12.131 ConnectionRefusedError',
    '[11:12:13] Error: connection refused',
    'Nov  9 12:10:55 host app[12]: Connection refused',
    '/app/src/server.ts:12:34 - Error: Connection refused',
    'thread main panicked at src/main.rs:12:58: Connection refused',
    '  File "/app/run.py", line 8080, in main\nConnectionRefusedError: [Errno 111] Connection refused',
  ])('takes no time and no place in a source for an endpoint: %s', (text) => {
    const { class: told, endpoints } = readMessage(text);
    expect([told, endpoints]).toEqual(['connection-refused', []]);
  });

  it('finds the endpoint in the command that was typed', () => {
    const text =
      '$ curl https://localhost:8443/\ncurl: (60) SSL certificate problem: self-signed certificate';
    expect(readMessage(text).endpoints).toEqual([{ host: 'localhost', port: 8443 }]);
  });
});
