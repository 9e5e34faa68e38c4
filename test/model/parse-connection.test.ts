import { expect, test } from 'vitest';
import { parseConnection } from '../../src/model/parse-connection.ts';

const ends = (text: string) => parseConnection(text).map(({ host, port }) => [host, port]);

test.each([
  '127.0.0.1:51002↔127.0.0.1:3000',
  '127.0.0.1:51002 ↔ 127.0.0.1:3000',
  '127.0.0.1:51002->127.0.0.1:3000',
  '127.0.0.1:51002 <-> 127.0.0.1:3000',
  '127.0.0.1:51002→127.0.0.1:3000',
  '127.0.0.1:51002-127.0.0.1:3000',
  '127.0.0.1:51002 127.0.0.1:3000',
])('%s', (text) => {
  expect(ends(text)).toEqual([
    ['127.0.0.1', 51_002],
    ['127.0.0.1', 3000],
  ]);
});

test('IPv6 ends, names with dashes, and ports alone', () => {
  expect(ends('[::1]:5-[::1]:6')).toEqual([
    ['::1', 5],
    ['::1', 6],
  ]);
  expect(ends('my-host:5-my-other-host:6')).toEqual([
    ['my-host', 5],
    ['my-other-host', 6],
  ]);
  expect(ends(':5->:6')).toEqual([
    [null, 5],
    [null, 6],
  ]);
});

test.each(['', '127.0.0.1:1', 'a:1 b:2 c:3', 'pid:1->:2', '127.0.0.1:0->127.0.0.1:1'])(
  '%j is no connection',
  (text) => {
    expect(() => parseConnection(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  },
);
