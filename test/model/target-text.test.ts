import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/model/parse-target.ts';
import { endpointText } from '../../src/model/target-endpoint.ts';
import { targetText } from '../../src/model/target-text.ts';

describe('targetText', () => {
  it.each([
    ['0x7f.1:49342', '127.0.0.1:49342'],
    [':49342', '49342'],
    ['*:80', '80'],
    ['53/udp', 'udp:53'],
    ['localhost.:53/udp', 'udp://localhost:53'],
    ['https://LOCALHOST/x', 'https://localhost:443'],
    ['http://*:5000', 'http://*:5000'],
    ['[FE80::1%lo]:80', '[fe80::1%lo]:80'],
    ['postgres', 'name:postgres'],
    ['pid:12', 'pid:12'],
    ['/run/x.sock', 'unix:/run/x.sock'],
    ['@bus', 'unix:@bus'],
  ])('%s is %s', (input, text) => {
    expect(targetText(parseTarget(input))).toBe(text);
  });
});

describe('endpointText', () => {
  it('puts IPv6 addresses in brackets, with their zone', () => {
    expect(endpointText('::1', 80)).toBe('[::1]:80');
    expect(endpointText('fe80::1', 80, 'eth0')).toBe('[fe80::1%eth0]:80');
    expect(endpointText('localhost', 80)).toBe('localhost:80');
  });
});
