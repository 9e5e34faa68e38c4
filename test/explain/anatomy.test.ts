import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { addressAnatomy } from '../../src/explain/address-anatomy.ts';
import type { NetworkInterface } from '../../src/model/machine.ts';

const interfaces: readonly NetworkInterface[] = [
  {
    index: 1,
    name: 'lo',
    namespace: 'this',
    up: true,
    loopback: true,
    addresses: [
      { family: 'ipv4', address: '127.0.0.1', prefixLength: 8 },
      { family: 'ipv6', address: '::1', prefixLength: 128 },
    ],
  },
  {
    index: 2,
    name: 'eth0',
    namespace: 'this',
    up: true,
    loopback: false,
    addresses: [{ family: 'ipv4', address: '192.168.1.5', prefixLength: 24 }],
  },
  {
    index: 2,
    name: 'eth0',
    namespace: 'net:[4026532281]',
    up: true,
    loopback: false,
    addresses: [{ family: 'ipv4', address: '172.17.0.2', prefixLength: 16 }],
  },
];

describe('addressAnatomy', () => {
  it.each([
    ['127.0.0.1', 'loopback', '127.0.0.0/8', 'RFC 1122 3.2.1.3', true],
    ['127.9.9.9', 'loopback', '127.0.0.0/8', 'RFC 1122 3.2.1.3', true],
    ['::1', 'loopback', '::1/128', 'RFC 4291 2.5.3', true],
    ['::ffff:127.0.0.1', 'loopback', '127.0.0.0/8', 'RFC 1122 3.2.1.3', true],
    ['0.0.0.0', 'wildcard', '0.0.0.0/32', 'RFC 1122 3.2.1.3', null],
    ['::', 'wildcard', '::/128', 'RFC 4291 2.5.2', null],
    ['192.168.1.5', 'private', '192.168.0.0/16', 'RFC 1918 3', true],
    ['192.168.1.6', 'private', '192.168.0.0/16', 'RFC 1918 3', false],
    ['172.17.0.2', 'private', '172.16.0.0/12', 'RFC 1918 3', false],
    ['8.8.8.8', 'public', '0.0.0.0/0', 'RFC 4632', false],
    ['ff02::fb', 'multicast', 'ff00::/8', 'RFC 4291 2.7', null],
  ])('%s is %s of %s (%s), ours: %s', (address, ...expected) => {
    const { scope, block, source, ours } = addressAnatomy(address, interfaces);
    expect([scope, block, source, ours]).toEqual(expected);
  });

  it('does not know whose an address is without interfaces', () => {
    expect(addressAnatomy('127.0.0.1', []).ours).toBeNull();
  });

  it.each([
    ['::ffff:10.0.0.1', 'IPv4-mapped'],
    ['127.0.0.2', 'A server on 127.0.0.1 alone does not answer here.'],
    ['::1', 'does not answer on 127.0.0.1'],
    ['0.0.0.0', 'every address of its family'],
    ['100.100.1.1', 'Tailscale'],
    ['169.254.169.254', 'metadata'],
    ['fe80::1', 'its own link only'],
    ['203.0.113.1', 'documentation'],
    ['192.168.1.5', "It is this machine's, on eth0."],
    ['192.168.1.6', 'it is in the network of eth0'],
    ['8.8.8.8', 'No interface of this machine has it.'],
  ])('%s is worth a note: %s', (address, note) => {
    expect(addressAnatomy(address, interfaces).notes.join(' ')).toContain(note);
  });

  it("knows every address of this machine's interfaces as its own", () => {
    const real = Object.entries(networkInterfaces()).map(
      ([name, infos = []], index): NetworkInterface => ({
        index,
        name,
        namespace: 'this',
        up: true,
        loopback: infos.some(({ internal }) => internal),
        addresses: infos.map(({ family, address, cidr }) => ({
          family: family === 'IPv4' ? 'ipv4' : 'ipv6',
          address,
          prefixLength: Number(cidr?.split('/')[1]),
        })),
      }),
    );
    const own = real.flatMap(({ addresses }) => addresses.map(({ address }) => address));
    expect(own).toContain('127.0.0.1');
    expect(own.every((address) => addressAnatomy(address, real).ours)).toBe(true);
  });

  it.each(['localhost', '', 'fe80::1%lo'])('throws for %j', (text) => {
    expect(() => addressAnatomy(text, interfaces)).toThrow(RangeError);
  });
});
