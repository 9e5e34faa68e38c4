import { describe, expect, it } from 'vitest';
import { openHost } from '../../src/host/open-host.ts';
import { resolveName } from '../../src/host/resolve.ts';

const never = new AbortController().signal;

describe('resolving', () => {
  it.each([
    ['127.0.0.1', { family: 'ipv4', address: '127.0.0.1' }],
    ['::1', { family: 'ipv6', address: '::1' }],
  ])('takes %s as it is', async (name, address) => {
    expect(await resolveName(name, never)).toEqual({ addresses: [address] });
  });

  it('asks the system for localhost', async () => {
    const resolution = await resolveName('localhost', never);
    expect(resolution).toMatchObject({
      addresses: expect.arrayContaining([
        expect.objectContaining({ family: expect.stringMatching(/^ipv[46]$/) }),
      ]),
    });
  });

  it('is unknown for what can be no name', async () => {
    expect(await resolveName('a..b', never)).toMatchObject({
      unknown: expect.any(String),
      why: expect.any(String),
    });
  });

  it('stops with the signal', async () => {
    expect(await resolveName('localhost', AbortSignal.abort())).toMatchObject({
      unknown: 'unsupported',
    });
  });
});

describe('opening the host', () => {
  it('is refused in one line on a platform that is not supported', () => {
    const platform = Object.getOwnPropertyDescriptor(process, 'platform');
    Object.defineProperty(process, 'platform', { value: 'sunos', configurable: true });
    try {
      expect(openHost).toThrow(
        expect.objectContaining({ code: 'unsupported', message: "Homeport can't read sunos yet" }),
      );
    } finally {
      if (platform !== undefined) Object.defineProperty(process, 'platform', platform);
    }
  });

  it('reads this machine', () => {
    const host = openHost();
    expect(host.pids()).toContain(process.pid);
    expect(host.userName(0)).toBe('root');
  });
});
