import { expect, it, vi } from 'vitest';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { readInterfaces } from '../../src/host/linux/interfaces.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';

vi.mock(import('node:os'), async (original) => ({
  ...(await original()),
  networkInterfaces: () => {
    throw new Error('uv_interface_addresses returned Unknown system error 13');
  },
}));

it('reads the interfaces where the system refuses to list their addresses', () => {
  const interfaces = readInterfaces(kernelRoot({}), createFileReader(null));
  const loopback = interfaces.find(({ name }) => name === 'lo');
  expect(loopback?.addresses).toContainEqual({
    family: 'ipv4',
    address: '127.0.0.1',
    prefixLength: 8,
  });
});
