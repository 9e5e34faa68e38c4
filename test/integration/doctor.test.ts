import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHost } from '../../src/host/open-host.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { doctorApart, loopbackOn } from '../support/doctor-apart.ts';
import { findProgram } from '../support/find-program.ts';
import { isRoot } from '../support/launcher.ts';
import { hasPython } from '../support/start-python.ts';

/** lo on, and then these commands. */
const after = (...commands: readonly string[]) => ({
  setUp: [loopbackOn, ...commands].join('\n'),
});

const canMakeMachines = isRoot && hasPython;

describe.skipIf(!canMakeMachines)(
  'doctor on loopback that is broken (needs root and python3)',
  () => {
    it('finds nothing wrong where lo is on', () => {
      const verdict = doctorApart({});
      for (const id of [
        'loopback-up',
        'ipv4-loopback-address',
        'ipv6-loopback-address',
        'ipv6-enabled',
        'loopback-route',
        'loopback-trip',
        'ephemeral-ports-room',
        'time-wait-flood',
        'nonlocal-bind',
        'bindv6only',
        'unprivileged-ports',
        'listen-queue-limit',
        'open-files-room',
        'proxies-exempt-localhost',
      ]) {
        expect({ id, ...verdict(id) }).toMatchObject({ id, result: 'pass' });
      }
    });

    it('tells that lo is down', () => {
      const verdict = doctorApart({ setUp: 'true' });
      expect(verdict('loopback-up').titles).toEqual([
        'the loopback interface lo is down: nothing on this machine can reach 127.0.0.1 or ::1',
      ]);
      // What follows from it is told as failed, and is no finding of its own.
      expect(verdict('loopback-trip')).toMatchObject({ result: 'fail', titles: [] });
      expect(verdict('ipv4-loopback-address').result).toBe('not-applicable');
    });

    it('misses 127.0.0.1, and no other address of its block', () => {
      const gone = doctorApart(after('ip address del 127.0.0.1/8 dev lo'));
      expect(gone('ipv4-loopback-address').evidence).toEqual(['lo has ::1/128']);
      expect(gone('loopback-trip').result).toBe('fail');
      expect(gone('ipv6-loopback-address').result).toBe('pass');
      const other = doctorApart(
        after('ip address add 127.0.0.2/8 dev lo', 'ip address del 127.0.0.2/8 dev lo'),
      );
      expect(other('ipv4-loopback-address').result).toBe('pass');
    });

    it('misses ::1 where IPv6 is on', () => {
      const gone = doctorApart(after('ip -6 address del ::1/128 dev lo'));
      expect(gone('ipv6-loopback-address').result).toBe('fail');
      expect(gone('ipv6-enabled').result).toBe('pass');
      expect(gone('ipv4-loopback-address').result).toBe('pass');
    });

    it('tells where IPv6 is off for loopback, not for interfaces to come', () => {
      const off = doctorApart(after('sysctl -qw net.ipv6.conf.all.disable_ipv6=1'));
      expect(off('ipv6-enabled').evidence.slice(0, 2)).toEqual([
        'net.ipv6.conf.lo.disable_ipv6 is 1',
        'net.ipv6.conf.all.disable_ipv6 is 1',
      ]);
      expect(off('ipv6-loopback-address').result).toBe('not-applicable');
      expect(off('loopback-trip').result).toBe('pass');
      const later = doctorApart(after('sysctl -qw net.ipv6.conf.default.disable_ipv6=1'));
      expect(later('ipv6-enabled').result).toBe('pass');
    });

    it('tells where loopback is routed away, not where another network is', () => {
      const away = doctorApart(
        after(
          'ip route del table local local 127.0.0.1 dev lo',
          'ip route replace table local blackhole 127.0.0.0/8',
        ),
      );
      expect(away('loopback-route').titles).toEqual([
        '127.0.0.1 has a route of the kind blackhole: it can’t be reached',
      ]);
      const near = doctorApart(after('ip route add blackhole 128.0.0.0/8'));
      expect(near('loopback-route').result).toBe('pass');
    });

    it('says which settings of servers are unusual', () => {
      const verdict = doctorApart(
        after('sysctl -qw net.core.somaxconn=64', 'sysctl -qw net.ipv6.bindv6only=1'),
      );
      expect(verdict('listen-queue-limit').evidence).toEqual(['net.core.somaxconn is 64']);
      expect(verdict('bindv6only').evidence).toEqual([
        'net.ipv6.bindv6only is 1, where 0 is usual',
      ]);
    });
  },
);

/** A rule that asks for a connection's state makes the kernel track all of them. */
const tracking = after(
  'nft add table inet apart',
  "nft add chain inet apart see '{ type filter hook input priority 0; }'",
  'nft add rule inet apart see ct state established accept',
);

/** Datagrams from one socket to as many addresses of 127.0.0.0/8, each a connection to the kernel. */
const tracked = (count: string): string => `
limit = int(open('/proc/sys/net/netfilter/nf_conntrack_max').read())
sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sink.bind(('0.0.0.0', 9))
source = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for at in range(1, ${count}):
    source.sendto(b'.', ('127.%d.%d.%d' % (at >> 16, at >> 8 & 255, at & 255), 9))
doctor()`;

/** The limit is the machine's own; filling more than this would take long. */
const mostTracked = 300_000;

const trackingLimit = (): number => {
  try {
    const file = '/proc/sys/net/netfilter/nf_conntrack_max';
    return Number(execFileSync('unshare', ['-n', 'cat', file], { stdio: 'pipe' }));
  } catch {
    return Infinity;
  }
};

describe.skipIf(!canMakeMachines || findProgram('nft') === null || trackingLimit() > mostTracked)(
  'doctor where connections are tracked (needs root, python3, nft and a usual limit)',
  () => {
    it('tells of a full table', () => {
      const verdict = doctorApart({ ...tracking, python: tracked('limit - 1000') });
      expect(verdict('conntrack-room').titles[0]).toMatch(
        /^the connection tracking table is full \(\d+ of \d+\): the kernel drops new connections/,
      );
      expect(verdict('conntrack-reserve').result).toBe('not-applicable');
    });

    it('tells of one that is nearly full', () => {
      const verdict = doctorApart({ ...tracking, python: tracked('int(limit * 0.85)') });
      expect(verdict('conntrack-room').result).toBe('pass');
      expect(verdict('conntrack-reserve').titles).toEqual([
        'the connection tracking table is nearly full (85 %): once it is, new connections are dropped',
      ]);
    });

    it('does not where there is room', () => {
      const verdict = doctorApart({ ...tracking, python: tracked('1000') });
      expect(verdict('conntrack-room').result).toBe('pass');
      expect(verdict('conntrack-reserve').result).toBe('pass');
      expect(verdict('loopback-trip').result).toBe('pass');
    });
  },
);

describe('doctor on a folder that stands for a machine', () => {
  const basic = join(import.meta.dirname, '../fixtures/machine-basic');

  const openFiles = async (line: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'homeport-doctor-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(basic, folder, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(folder, 'proc/sys/fs/file-nr'), line);
    const before = process.env['HOMEPORT_PROC'];
    process.env['HOMEPORT_PROC'] = join(folder, 'proc');
    onTestFinished(() => {
      if (before === undefined) delete process.env['HOMEPORT_PROC'];
      else process.env['HOMEPORT_PROC'] = before;
    });
    const context = { host: openHost(), signal: AbortSignal.timeout(20_000), now: Date.now };
    const { findings } = await doctor(context, {});
    return findings.filter(({ id }) => id === 'open-files-room').map(({ title }) => title);
  };

  it('tells that the system’s files are used up', async () => {
    expect(await openFiles('9500\t0\t10000\n')).toEqual([
      'the system has 95 % of its files open: soon no program can accept or connect',
    ]);
  });

  it('does not where a tenth is left', async () => {
    expect(await openFiles('8900\t0\t10000\n')).toEqual([]);
  });
});
