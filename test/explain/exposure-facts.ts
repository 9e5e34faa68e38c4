import type { ExposureFacts } from '../../src/explain/exposure.ts';
import { exposureOf } from '../../src/explain/exposure.ts';
import type { Container } from '../../src/model/container.ts';
import type { Exposure } from '../../src/model/listener.ts';
import type { NetworkInterface } from '../../src/model/machine.ts';

/** An interface from `address/length` texts. */
export const nic = (
  name: string,
  addresses: readonly string[],
  rest: Partial<NetworkInterface> = {},
): NetworkInterface => ({
  index: 1,
  name,
  namespace: 'this',
  up: true,
  loopback: name === 'lo',
  addresses: addresses.map((text) => {
    const [address = '', length = ''] = text.split('/');
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    return { family, address, prefixLength: Number(length) };
  }),
  ...rest,
});

export const lo = nic('lo', ['127.0.0.1/8', '::1/128']);
export const lan = nic('eth0', ['192.168.1.5/24', 'fe80::5/64']);
export const wan = nic('eth1', ['198.41.0.4/24', '2606:4700::5/64']);
export const docker = nic('docker0', ['172.17.0.1/16']);
export const other = 'net:[4026532281]';

export const database: Container = {
  id: '0123456789abcdef'.repeat(4),
  engine: 'docker',
  name: 'shop-db-1',
  image: 'postgres:16',
  compose: null,
  published: [{ transport: 'tcp', hostAddress: '0.0.0.0', hostPort: 15432, containerPort: 5432 }],
  addresses: ['172.17.0.2'],
  pid: 77,
};

/** Judges a TCP listener on 127.0.0.1:3000, with changes. */
export const judge = (facts: Partial<ExposureFacts>): Exposure =>
  exposureOf({
    transport: 'tcp',
    family: facts.address?.includes(':') === true ? 'ipv6' : 'ipv4',
    address: '127.0.0.1',
    port: 3000,
    namespace: 'this',
    v6only: null,
    interfaceName: null,
    interfaces: [lo, lan],
    containers: [],
    ...facts,
  });
