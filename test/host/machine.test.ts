import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readBootFacts } from '../../src/host/linux/boot.ts';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { readInterfaces } from '../../src/host/linux/interfaces.ts';
import { readMachine } from '../../src/host/linux/machine.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { userNames } from '../../src/host/linux/users.ts';

const read = createFileReader(null);
const real = kernelRoot({});
const proc = fileURLToPath(new URL('../fixtures/machine-basic/proc', import.meta.url));
const fake = kernelRoot({ HOMEPORT_PROC: proc });
const empty = { proc: '/nowhere/proc', files: '/nowhere', isReal: false };

describe('the machine', () => {
  it('is this one', () => {
    const boot = readBootFacts(real, read);
    expect(boot.pageSize).toBe(Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' })));
    expect(readMachine(real, read, boot)).toMatchObject({
      platform: 'linux',
      kernel: readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim(),
      hostname: hostname(),
      bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      uid: process.getuid?.(),
      namespace: expect.stringMatching(/^net:\[\d+\]$/),
    });
  });

  it('is the one that a folder stands for', () => {
    expect(readMachine(fake, read, readBootFacts(fake, read))).toMatchObject({
      kernel: '6.12.57+deb13-amd64',
      hostname: 'thinkpad',
      bootId: '3f2a9c1e-5b7d-4e60-9a31-0c8d7e6f5a42',
      bootedAt: '2026-11-21T10:00:00.000Z',
      ephemeralRange: { first: 32768, last: 60999 },
      reservedPorts: [
        { first: 8080, last: 8080 },
        { first: 9148, last: 9150 },
      ],
      unprivilegedPortStart: 1024,
      namespace: 'net:[4026531840]',
    });
  });

  it('has unknown facts where nothing can be read', () => {
    expect(readMachine(empty, read, readBootFacts(empty, read))).toMatchObject({
      kernel: { unknown: 'unsupported' },
      bootedAt: { unknown: 'unsupported' },
      ephemeralRange: { unknown: 'unsupported' },
      reservedPorts: { unknown: 'unsupported' },
      namespace: { unknown: 'unsupported' },
    });
  });

  it('does not guess what a setting means', () => {
    const answers = (path: string): Buffer => Buffer.from(path.includes('reserved') ? '80,x' : '?');
    expect(readMachine(fake, answers, readBootFacts(fake, read))).toMatchObject({
      ephemeralRange: { unknown: 'unsupported', why: 'the kernel says "?"' },
      reservedPorts: { unknown: 'unsupported' },
      unprivilegedPortStart: { unknown: 'unsupported' },
    });
  });
});

describe('the interfaces', () => {
  it('are all of this machine, with what Node knows of them', () => {
    const interfaces = readInterfaces(real, read);
    expect(interfaces.map(({ name }) => name).toSorted()).toEqual(
      readdirSync('/sys/class/net').toSorted(),
    );
    for (const [name, addresses] of Object.entries(networkInterfaces())) {
      const found = interfaces.find((one) => one.name === name);
      expect(
        found?.addresses
          .map(({ address, prefixLength }) => `${address}/${prefixLength}`)
          .toSorted(),
      ).toEqual(addresses?.map(({ cidr }) => cidr).toSorted());
    }
    expect(interfaces.find(({ name }) => name === 'lo')).toMatchObject({
      index: 1,
      loopback: true,
    });
  });

  it('are those of a folder, a bridge without members included', () => {
    expect(readInterfaces(fake, read)).toEqual([
      {
        name: 'lo',
        index: 1,
        namespace: 'this',
        up: true,
        loopback: true,
        addresses: [
          { family: 'ipv4', address: '127.0.0.1', prefixLength: 8 },
          { family: 'ipv6', address: '::1', prefixLength: 128 },
        ],
      },
      {
        name: 'wlan0',
        index: 2,
        namespace: 'this',
        up: true,
        loopback: false,
        addresses: [
          { family: 'ipv4', address: '192.168.0.17', prefixLength: 24 },
          { family: 'ipv6', address: 'fe80::c2a5:e8ff:fe41:d7b0', prefixLength: 64 },
        ],
      },
      {
        name: 'docker0',
        index: 3,
        namespace: 'this',
        up: false,
        loopback: false,
        addresses: [{ family: 'ipv4', address: '172.17.0.1', prefixLength: 16 }],
      },
    ]);
  });

  it('are not up nor down where sysfs shows another namespace', () => {
    const elsewhere = { ...fake, files: '/nowhere' };
    expect(readInterfaces(elsewhere, read)).toMatchObject([
      { name: 'docker0', index: 0, up: { unknown: 'other-namespace' } },
      { name: 'lo', index: 1, loopback: true },
      { name: 'wlan0', index: 2, up: { unknown: 'other-namespace' } },
    ]);
  });

  it('are none where nothing can be read', () => {
    expect(readInterfaces(empty, read)).toEqual([]);
  });
});

describe('user names', () => {
  it('come from the passwd file', () => {
    const name = userNames(fake, read);
    expect([0, 33, 1000, 4711].map(name)).toEqual(['root', 'www-data', 'ann', null]);
  });

  it('are read once, and only when asked', () => {
    let count = 0;
    const name = userNames(fake, () => {
      count += 1;
      return Buffer.from('first:x:7:7\nsecond:x:7:7\nbroken\n:x:8:8\nletters:x:nine:9\n');
    });
    expect(count).toBe(0);
    expect([7, 8, 9, 7].map(name)).toEqual(['first', null, null, 'first']);
    expect(count).toBe(1);
  });

  it('are none without the file', () => {
    expect(userNames(empty, read)(0)).toBeNull();
  });
});
