import { describe, expect, it } from 'vitest';
import { asUser } from '../support/as-user.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { failing, first, node, whyBind } from '../support/why-bind.ts';

describe('a right or an address that is missing', () => {
  it('is told for a privileged port by the message alone', async () => {
    const diagnosis = await whyBind(node('127.0.0.1:81', 'EACCES', 'permission denied'));
    expect(failing(diagnosis)).toEqual(['privileged-port']);
    expect(first(diagnosis)?.explains).toBe(true);
    const port = await freePort();
    const other = await whyBind(node(`127.0.0.1:${port}`, 'EACCES', 'permission denied'));
    expect(failing(other)).toEqual([]);
  });

  it('is told for an address of another machine', async () => {
    const words = 'address not available';
    const diagnosis = await whyBind(node('203.0.113.7:3000', 'EADDRNOTAVAIL', words));
    expect(failing(diagnosis)).toEqual(['address-not-here']);
    expect(first(diagnosis)?.evidence.join()).toContain('127.0.0.1 (lo)');
    const here = await whyBind(node(`127.4.4.4:${await freePort()}`, 'EADDRNOTAVAIL', words));
    expect(failing(here)).toEqual([]);
  });

  it.skipIf(!isRoot)('is told to another user, who meets it (needs root)', () => {
    const causes = whyApart(65_534, [], node('127.0.0.1:81', 'EACCES', 'permission denied'));
    expect(causes[0]).toMatchObject({
      id: 'privileged-port',
      evidence: expect.arrayContaining([
        'Homeport was asked by uid 65534',
        'binding 127.0.0.1:81 fails with EACCES now',
      ]),
    });
  });

  it.skipIf(!isRoot)('is told where IPv6 is off, and where lo is down (needs root)', () => {
    const message = node('::1:3000', 'EADDRNOTAVAIL', 'address not available');
    const off = 'ip link set lo up; sysctl -qw net.ipv6.conf.all.disable_ipv6=1; exec "$@"';
    expect(whyApart(undefined, ['unshare', '-n', 'sh', '-c', off, 'sh'], message)[0]).toMatchObject(
      {
        id: 'address-not-here',
        title: expect.stringContaining('IPv6 is switched off'),
      },
    );
    expect(whyApart(undefined, ['unshare', '-n'], message)[0]).toMatchObject({
      id: 'address-not-here',
    });
  });
});

describe('a message of Windows', () => {
  it('is answered for Windows', async () => {
    const diagnosis = await whyBind(
      'Error response from daemon: Ports are not available: exposing port TCP 127.0.0.1:50051 -> 0.0.0.0:0: listen tcp 127.0.0.1:50051: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
    );
    expect(failing(diagnosis)).toEqual(['excluded-range-windows']);
  });
});

/** The causes as a Node of another user or namespace tells them. */
const whyApart = (
  uid: number | undefined,
  prefix: readonly string[],
  message: string,
): readonly Record<string, unknown>[] => {
  const [operation, host] = ['operations/why', 'host/open-host'].map(
    (name) => new URL(`../../src/${name}.ts`, import.meta.url).href,
  );
  const program = `
    const { why } = await import('${operation}');
    const { openHost } = await import('${host}');
    const context = { host: openHost(), signal: AbortSignal.timeout(20000), now: Date.now };
    const { causes } = await why(context, { message: ${JSON.stringify(message)} });
    process.stdout.write(JSON.stringify(causes));`;
  const words = [...prefix, process.execPath, '--input-type=module', '-e', program];
  return JSON.parse(asUser(uid, 'env', words, 'utf8'));
};
