import { expect, it } from 'vitest';
import { blankUserInfo } from '../../src/host/blank-user-info.ts';

it.each([
  ['http://proxy:3128', 'http://proxy:3128'],
  ['http://ann:secret@proxy:3128/', 'http://***@proxy:3128/'],
  ['HTTP://ann@proxy', 'HTTP://***@proxy'],
  ['socks5h://ann:p@ss/w#rd@[::1]:1080', 'socks5h://***@[::1]:1080'],
  ['ann:secret@proxy:3128', '***@proxy:3128'],
  ['//ann:secret@proxy:3128', '***@proxy:3128'],
  ['http:ann:secret@proxy', '***@proxy'],
  ['http://ann:sec\nret@proxy', 'http://***@proxy'],
  ['.example,ann:secret@proxy', '***@proxy'],
  ['http://@proxy', 'http://***@proxy'],
  ['localhost,127.0.0.1,*.local', 'localhost,127.0.0.1,*.local'],
  ['*', '*'],
  ['', ''],
])('%j is shown as %j', (value, shown) => {
  expect(blankUserInfo(value)).toBe(shown);
});
