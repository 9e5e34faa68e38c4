import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFfi } from '../../src/host/linux/ffi.ts';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { readInterfaces } from '../../src/host/linux/interfaces.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { isRoot } from '../support/start-server.ts';

const read = createFileReader(null);
const ffi = openFfi();

it.skipIf(ffi === null)('rtnetlink and sysfs tell the same interfaces (needs native calls)', () => {
  const real = kernelRoot({});
  expect(readInterfaces(real, read, ffi)).toEqual(readInterfaces(real, read, null));
});

const source = join(import.meta.dirname, '../../src/host');
const program = `
  const { openHost } = await import('${source}/open-host.ts');
  const { interfaces } = openHost();
  console.log(JSON.stringify(interfaces().filter(({ namespace }) => namespace === 'this')));`;

/** The interfaces in a network namespace of the test's own, where sysfs still shows the machine's. */
const apart = (setUp: string, env: NodeJS.ProcessEnv = {}): unknown =>
  JSON.parse(
    execFileSync(
      'unshare',
      [
        '-n',
        'sh',
        '-ec',
        `${setUp}\nexec "$0" --input-type=module -e "$PROGRAM"`,
        process.execPath,
      ],
      { encoding: 'utf8', env: { ...process.env, PROGRAM: program, ...env } },
    ),
  );

const loopback = { name: 'lo', index: 1, namespace: 'this', loopback: true };

describe.skipIf(!isRoot || ffi === null)(
  'in a network namespace of its own (needs root and native calls)',
  () => {
    it('lo is down at first', () => {
      expect(apart('true')).toEqual([{ ...loopback, up: false, addresses: [] }]);
    });

    it('lo has its addresses when it is up, and is down again when it was set down', () => {
      const ipv4 = { family: 'ipv4', address: '127.0.0.1', prefixLength: 8 };
      const ipv6 = { family: 'ipv6', address: '::1', prefixLength: 128 };
      const up = 'ip link set lo up';
      expect(apart(up)).toEqual([{ ...loopback, up: true, addresses: [ipv4, ipv6] }]);
      expect(apart(`${up}\nip link set lo down`)).toMatchObject([{ ...loopback, up: false }]);
    });

    it('an interface that is down keeps the address that it was given', () => {
      const address = { family: 'ipv4', address: '10.9.8.1', prefixLength: 24 };
      const made = 'ip link add far type veth peer name near\nip address add 10.9.8.1/24 dev near';
      expect(apart(made)).toContainEqual(
        expect.objectContaining({ name: 'near', up: false, addresses: [address] }),
      );
    });

    it('nothing is guessed from the sysfs of another namespace', () => {
      const unknown = { unknown: 'other-namespace', why: 'sysfs shows another network namespace' };
      const told = apart('true', { HOMEPORT_NO_FFI: '1' });
      expect(told).toEqual([{ ...loopback, up: unknown, addresses: [] }]);
    });
  },
);
