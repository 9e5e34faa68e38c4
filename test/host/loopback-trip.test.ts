import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeLoopbackTrip } from '../../src/host/loopback-trip.ts';
import { isRoot } from '../support/start-server.ts';

const never = new AbortController().signal;
const source = join(import.meta.dirname, '../../src/host/loopback-trip.ts');

const program = `
  const { makeLoopbackTrip } = await import('${source}');
  const { signal } = new AbortController();
  const trips = [];
  for (const family of ['ipv4', 'ipv6']) trips.push(await makeLoopbackTrip(family, signal));
  console.log(trips.map(({ outcome, code }) => outcome + ' ' + code).join('\\n'));`;

/** Run before `program`: how many sockets more the process has once it has nothing to do any more. */
const countSockets = `
  const { readdirSync, readlinkSync } = await import('node:fs');
  const targetOf = (fd) => {
    try {
      return readlinkSync('/proc/self/fd/' + fd);
    } catch {
      return '';
    }
  };
  const count = () =>
    readdirSync('/proc/self/fd').filter((fd) => targetOf(fd).startsWith('socket:')).length;
  const before = count();
  process.once('beforeExit', () => console.log(count() - before));`;

describe('a trip over loopback', () => {
  it.each(['ipv4', 'ipv6'] as const)('is made by %s', async (family) => {
    expect(await makeLoopbackTrip(family, never)).toEqual({
      family,
      outcome: 'made',
      code: null,
      durationMs: expect.any(Number),
    });
  });

  it('leaves no socket open, and nothing to wait for', () => {
    const words = ['--input-type=module', '-e', `${countSockets}\n${program}`];
    const told = execFileSync(process.execPath, words, { encoding: 'utf8', timeout: 20_000 });
    expect(told.trim().split('\n')).toEqual(['made null', 'made null', '0']);
  });

  it('is made by both at once', async () => {
    const trips = await Promise.all([
      makeLoopbackTrip('ipv4', never),
      makeLoopbackTrip('ipv6', never),
    ]);
    expect(trips.map(({ outcome }) => outcome)).toEqual(['made', 'made']);
  });

  it("rejects with the signal's reason, before and on the way", async () => {
    const reason = new Error('enough');
    await expect(makeLoopbackTrip('ipv4', AbortSignal.abort(reason))).rejects.toBe(reason);
    const caller = new AbortController();
    const trip = makeLoopbackTrip('ipv4', caller.signal);
    caller.abort(reason);
    await expect(trip).rejects.toBe(reason);
  });
});

describe.skipIf(!isRoot)('a trip over loopback in a network namespace (needs root)', () => {
  const apart = (setUp: string): readonly string[] => {
    const script = `${setUp}\nexec "$0" --input-type=module -e "$PROGRAM"`;
    const words = ['-n', 'sh', '-c', script, process.execPath];
    const env = { ...process.env, PROGRAM: program };
    return execFileSync('unshare', words, { encoding: 'utf8', env }).trim().split('\n');
  };

  it('fails while lo is down', () => {
    expect(apart('')).toEqual(['failed ENETUNREACH', 'failed EADDRNOTAVAIL']);
  });

  it('fails by IPv6 alone where that is switched off', () => {
    const setUp = 'ip link set lo up; sysctl -qw net.ipv6.conf.all.disable_ipv6=1';
    expect(apart(setUp)).toEqual(['made null', 'failed EADDRNOTAVAIL']);
  });

  it('ends by itself where packets are dropped, and where they are refused', () => {
    const rule = (verdict: string): string => `ip link set lo up
      nft add table inet t
      nft 'add chain inet t out { type filter hook output priority 0; }'
      nft add rule inet t out meta nfproto ipv4 tcp flags syn ${verdict}`;
    expect(apart(rule('drop'))).toEqual(['failed ETIMEDOUT', 'made null']);
    expect(apart(rule('reject with tcp reset'))).toEqual(['failed ECONNREFUSED', 'made null']);
  });
});
