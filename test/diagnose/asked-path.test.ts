import { expect, it } from 'vitest';
import { partPath } from '../../src/diagnose/asked-path.ts';

it.each<[string, string, string | null]>([
  ['http://localhost:3000', 'http://localhost:3000', null],
  ['http://localhost:3000/', 'http://localhost:3000', null],
  ['http://localhost:3000/none.html', 'http://localhost:3000', '/none.html'],
  ['https://[::1]:8443/a?b=c#d', 'https://[::1]:8443', '/a?b=c'],
  ['ws://localhost:3000?token=1', 'ws://localhost:3000', '/?token=1'],
  ['HTTP://localhost/ä b', 'HTTP://localhost/ä b', null],
  ['http://localhost/ä', 'http://localhost', '/%C3%A4'],
  ['http://localhost:3000/a/../b', 'http://localhost:3000', '/b'],
  ['http://localhost:3000//evil.test/x', 'http://localhost:3000', '//evil.test/x'],
  ['http://localhost:3000/#top', 'http://localhost:3000', null],
  ['localhost:3000/none.html', 'localhost:3000', '/none.html'],
  ['[::1]:3000/a', '[::1]:3000', '/a'],
  ['localhost:3000/tcp', 'localhost:3000/tcp', null],
  ['3000/udp', '3000/udp', null],
  ['postgres://localhost:5432/shop', 'postgres://localhost:5432/shop', null],
  ['/run/x.sock', '/run/x.sock', null],
  ['unix:/run/x:1/y', 'unix:/run/x:1/y', null],
  ['pid:1234', 'pid:1234', null],
  ['http://user@localhost:3000/x', 'http://user@localhost:3000', '/x'],
])('%s', (text, endpoint, path) => {
  expect(partPath(text)).toEqual({ endpoint, path });
});
