import { expect, it } from 'vitest';
import { newestStart } from '../../../../src/faces/cli/why/newest-start.ts';

/** The lines from which on the newest failure is told. */
const kept = (text: string): string => {
  const lines = text.trim().split('\n');
  return lines.slice(newestStart(lines)).join('\n');
};

const nginx = (second: number, host: string, port: number): string =>
  `2026/11/21 17:45:${second} [error] 9#9: *${second} connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: , request: "GET / HTTP/1.1", upstream: "http://${host}:${port}/", host: "localhost:18080"`;

it('one upstream of nginx after another', () => {
  const [older, newer] = [nginx(10, '127.0.0.1', 19999), nginx(20, '127.0.0.1', 18005)];
  expect(kept(`${older}\n${newer}`)).toBe(newer);
  expect(kept(`${newer}\n${older}`)).toBe(older);
});

it('another host of the same port, another kind of failure: by their own times', () => {
  const [older, newer] = [nginx(10, '10.0.0.1', 80), nginx(20, '127.0.0.1', 80)];
  expect(kept(`${older}\n${newer}`)).toBe(newer);
  const inUse = '2026-11-21T10:00:00Z Error: listen EADDRINUSE: address already in use :::80';
  expect(kept(`${newer}\n${inUse}`)).toBe(inUse);
});

it('the same again and again is one', () => {
  const log = [1, 2, 3].map((second) => nginx(10 + second, '127.0.0.1', 80)).join('\n');
  expect(kept(log)).toBe(log);
});

const vite = (port: number): string => `\
[vite] http proxy error: /api/users
Error: connect ECONNREFUSED 127.0.0.1:${port}
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16) {
  errno: -111,
  code: 'ECONNREFUSED',
  syscall: 'connect',
  address: '127.0.0.1',
  port: ${port}
}`;

it.each([
  ['plain', (text: string) => text],
  ['of Compose', (text: string) => text.replace(/^/gm, 'web-1  | ')],
  ['of a journal', (text: string) => text.replace(/^/gm, 'Nov 21 10:00:00 box web[12]: ')],
  ['coloured', (text: string) => text.replace(/^(?=\S)/gm, '\u001b[31m')],
])('a failure of many lines stays whole: %s', (_, written) => {
  expect(kept(written(`${vite(3001)}\nGET / 200\n${vite(8080)}`))).toBe(
    written(`GET / 200\n${vite(8080)}`),
  );
});

it('the addresses of one name are one', () => {
  const text = `\
AggregateError [ECONNREFUSED]:
Error: connect ECONNREFUSED ::1:3000
    at createConnectionError (node:net:1675:14)
Error: connect ECONNREFUSED 127.0.0.1:3000
    at createConnectionError (node:net:1675:14)`;
  expect(kept(text)).toBe(text);
});

it('a cause belongs to what it caused, whatever port it names', () => {
  const text = `\
Error: connect ECONNREFUSED 127.0.0.1:3000
    at TCPConnectWrap.afterConnect (node:net:1637:16)
Caused by: Error: connect ECONNREFUSED 127.0.0.1:5432
    at TCPConnectWrap.afterConnect (node:net:1637:16)`;
  expect(kept(text)).toBe(text);
});

it('a line that names no port takes that of the lines above', () => {
  const text = `\
curl: (7) Failed to connect to localhost port 3000 after 0 ms: Could not connect to server
OSError: [Errno 111] Connection refused`;
  expect(kept(`${vite(9)}\n${text}`)).toBe(text);
});

it('lines of JSON', () => {
  const json = (port: number) =>
    `{"time":${port},"level":"error","msg":"connect ECONNREFUSED 127.0.0.1:${port}"}`;
  expect(kept(`${json(3000)}\n${json(4000)}`)).toBe(json(4000));
});

it.each([['ready\nGET / 200'], ['']])('a log without a failure stays whole: %j', (log) => {
  expect(kept(log)).toBe(log);
});
