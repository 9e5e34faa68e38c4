import { describe, expect, it } from 'vitest';
import { endpoint, refusal } from './parsed.ts';

const badPort = 'port must be 1–65535';

describe('row 1: ports', () => {
  it.each(['99999', '65536', '-1', '80.5', '+80', '0x50', '８０', '①', '٨٠', '080', 'http', '8o'])(
    'refuses %s',
    (port) => {
      expect(refusal(`127.0.0.1:${port}`)).toMatchObject({
        code: 'invalid-input',
        message: badPort,
      });
    },
  );

  it.each([':65536', ':-1', '65536', '-1', '+80', '0x50', '3000abc', '３０００', '007'])(
    'refuses %s',
    (input) => {
      expect(refusal(input).message).toBe(badPort);
    },
  );

  it('takes the last one', () => {
    expect(endpoint('127.0.0.1:65535').port).toBe(65_535);
  });

  it.each([
    ['70000', 'pid:70000 for a process'],
    ['3000abc', 'name:3000abc for a program or project'],
    ['127.0.0.1:８０', '80, in plain digits'],
    ['127.0.0.1:080', '80, in plain digits'],
    ['-1', 'for example localhost:3000'],
    ['127.0.0.1:99999', 'for example localhost:3000'],
  ])('hints for %s: %s', (input, hint) => {
    expect(refusal(input).hint).toBe(hint);
  });
});

describe('row 2: missing parts', () => {
  it.each([
    ['', 'the target is missing'],
    ['   ', 'the target is missing'],
    ['\n\t', 'the target is missing'],
    ['localhost:', 'the port is missing'],
    ['localhost', 'the port is missing'],
    ['LOCALHOST.', 'the port is missing'],
    ['api.shop.localhost', 'the port is missing'],
    ['127.0.0.1', 'the port is missing'],
    ['①②⑦.0.0.1', 'the port is missing'],
    ['::1', 'the port is missing'],
    ['[::1]', 'the port is missing'],
    ['*', 'the port is missing'],
    ['tcp:', 'the port is missing'],
    ['http://', 'the host is missing'],
    ['postgres:///shop', 'the host is missing'],
    ['name:', 'the name is missing'],
  ])('%j: %s', (input, message) => {
    expect(refusal(input).message).toBe(message);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1:PORT'],
    ['localhost:', 'localhost:PORT'],
    ['::1', '[::1]:PORT'],
  ])('hints for %s: %s', (input, hint) => {
    expect(refusal(input).hint).toBe(hint);
  });
});

describe('row 3: port 0', () => {
  it('is accepted', () => {
    expect(endpoint('localhost:0')).toMatchObject({ host: 'localhost', port: 0 });
    expect(endpoint('0').port).toBe(0);
  });
});
