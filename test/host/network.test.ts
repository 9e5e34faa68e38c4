import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { linuxHost } from '../../src/host/linux/linux-host.ts';
import { readNetwork } from '../../src/host/linux/network.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { isRecord } from '../../src/host/shape.ts';
import { isRoot } from '../support/start-server.ts';

const basic = join(import.meta.dirname, '../fixtures/machine-basic');
const source = join(import.meta.dirname, '../../src/host');
const read = createFileReader(null);
const notAsked = { unknown: 'unsupported', why: 'only native code can ask the kernel for routes' };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-network-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The fixture machine without these files. */
const machineWithout = (...paths: readonly string[]) => {
  const copy = mkdtempSync(join(folder, 'machine-'));
  for (const room of ['etc', 'proc/sys', 'proc/stat']) {
    cpSync(join(basic, room), join(copy, room), { recursive: true });
  }
  for (const path of paths) rmSync(join(copy, path), { recursive: true });
  return readNetwork(kernelRoot({ HOMEPORT_PROC: join(copy, 'proc') }), read, []);
};

describe('the network of a folder that stands for a machine', () => {
  it('is read from its files alone', () => {
    const host = linuxHost(kernelRoot({ HOMEPORT_PROC: join(basic, 'proc') }));
    expect(host.network(['10.0.0.1'])).toEqual({
      hostsFile: { path: '/etc/hosts', entries: expect.any(Array) },
      resolver: expect.objectContaining({ nameservers: ['192.168.0.1', '2001:db8::53'] }),
      routes: { '127.0.0.1': notAsked, '::1': notAsked, '10.0.0.1': notAsked },
      conntrack: { used: 61, limit: 65_536 },
      ipv6Disabled: { all: false, lo: false },
      bindV6Only: false,
      nonlocalBind: false,
      abortOnOverflow: false,
      longestAcceptQueue: 4096,
      timeWaitLimit: 65_536,
      openFiles: { used: 2144, limit: 2 ** 63 },
    });
  });

  it('may have no IPv6 and no connection tracking', () => {
    expect(machineWithout('proc/sys/net/ipv6', 'proc/sys/net/netfilter')).toMatchObject({
      ipv6Disabled: null,
      bindV6Only: null,
      conntrack: null,
    });
  });

  it('has unknown facts where a file is missing', () => {
    const unsupported = { unknown: 'unsupported' };
    expect(
      machineWithout(
        'proc/sys/net/ipv6/bindv6only',
        'proc/sys/net/ipv6/conf/lo',
        'proc/sys/net/netfilter/nf_conntrack_max',
        'proc/sys/net/core',
        'proc/sys/fs',
      ),
    ).toMatchObject({
      ipv6Disabled: { all: false, lo: unsupported },
      bindV6Only: unsupported,
      conntrack: unsupported,
      longestAcceptQueue: unsupported,
      openFiles: unsupported,
    });
  });

  it('has unknown facts where the kernel refuses, or says something else', () => {
    const root = kernelRoot({ HOMEPORT_PROC: join(basic, 'proc') });
    const denied = { unknown: 'denied' };
    expect(readNetwork(root, () => 13, [])).toMatchObject({
      hostsFile: denied,
      resolver: denied,
      conntrack: denied,
      ipv6Disabled: { all: denied, lo: denied },
      bindV6Only: denied,
      openFiles: denied,
    });
    const odd = { unknown: 'unsupported', why: 'the kernel says "-1"' };
    expect(readNetwork(root, () => Buffer.from('-1\n'), [])).toMatchObject({
      conntrack: odd,
      nonlocalBind: odd,
      timeWaitLimit: odd,
      openFiles: odd,
    });
  });
});

const program = `
  const { openHost } = await import('${source}/open-host.ts');
  console.log(JSON.stringify(openHost().network([])));`;

describe.skipIf(!isRoot)('the network of a namespace of its own (needs root)', () => {
  const apart = (...settings: readonly string[]): Readonly<Record<string, unknown>> => {
    const script = `
      for one in ${settings.join(' ')}; do sysctl -qw "$one" || exit 1; done
      exec "$0" --input-type=module -e "$PROGRAM"`;
    const words = ['-n', 'sh', '-c', script, process.execPath];
    const env = { ...process.env, PROGRAM: program };
    const told: unknown = JSON.parse(execFileSync('unshare', words, { encoding: 'utf8', env }));
    return isRecord(told) ? told : {};
  };

  it('is told with the settings that it was given', () => {
    expect(
      apart(
        'net.ipv6.conf.all.disable_ipv6=1',
        'net.ipv6.bindv6only=1',
        'net.ipv4.ip_nonlocal_bind=1',
        'net.ipv4.tcp_abort_on_overflow=1',
        'net.ipv4.tcp_max_tw_buckets=77',
        'net.core.somaxconn=99',
      ),
    ).toMatchObject({
      ipv6Disabled: { all: true, lo: true },
      bindV6Only: true,
      nonlocalBind: true,
      abortOnOverflow: true,
      timeWaitLimit: 77,
      longestAcceptQueue: 99,
    });
    expect(apart('net.ipv6.conf.lo.disable_ipv6=1')).toMatchObject({
      ipv6Disabled: { all: false, lo: true },
      bindV6Only: false,
      nonlocalBind: false,
    });
  });
});
