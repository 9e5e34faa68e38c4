import { expect, test } from 'vitest';
import type { NetworkInterface } from '../../src/model/machine.ts';
import { explain } from '../../src/operations/explain.ts';
import { hostOf, oneProcess, type Scene, socket } from '../support/scene.ts';

const ethernet: NetworkInterface = {
  name: 'eth0',
  index: 2,
  namespace: 'this',
  up: true,
  loopback: false,
  addresses: [{ family: 'ipv4', address: '10.0.0.5', prefixLength: 24 }],
};

const explainPort = async (port: number, scene: Scene) => {
  const { host } = hostOf(scene, { interfaces: () => [ethernet] });
  const context = { host, signal: new AbortController().signal, now: () => 0 };
  return explain(context, { target: String(port), probe: false });
};

test('findings of several listeners come with the most severe first', async () => {
  const { listeners, findings, next } = await explainPort(9229, {
    sockets: [
      [
        socket(10, { local: { address: '127.0.0.1', port: 9229 } }),
        socket(20, { local: { address: '0.0.0.0', port: 9229 } }),
      ],
    ],
    holders: [{ 10: [101], 20: [102] }],
    processes: [
      oneProcess(101, 1, { comm: 'node', argv: ['node', 'server.js'], state: 'T' }),
      oneProcess(102, 1, { comm: 'node', argv: ['node', '--inspect=0.0.0.0:9229', 'a.js'] }),
    ],
  });
  expect(listeners.map((one) => 'address' in one && one.address)).toEqual(['127.0.0.1', '0.0.0.0']);
  const severities = findings.map(({ severity }) => severity);
  const order = ['critical', 'warning', 'notice', 'info'];
  expect(severities[0]).toBe('critical');
  expect(severities.length).toBeGreaterThan(1);
  expect(severities).toEqual(severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  expect(next).not.toEqual([]);
});

test('a client counts for the listener that it reached, not for another one of that port', async () => {
  const vite = { argv: ['node', '/srv/node_modules/.bin/vite'], comm: 'node' };
  const { findings } = await explainPort(3000, {
    sockets: [
      [
        socket(10, { local: { address: '127.0.0.1', port: 3000 } }),
        socket(20, { local: { address: '10.0.0.5', port: 3000 } }),
        socket(30, {
          state: 'established',
          local: { address: '127.0.0.1', port: 3000 },
          remote: { address: '127.0.0.1', port: 50_000 },
        }),
      ],
    ],
    holders: [{ 10: [101], 20: [102], 30: [101] }],
    processes: [oneProcess(101, 1, vite), oneProcess(102, 1, vite)],
  });
  const wide = findings.find(({ id }) => id === 'bound-wider-than-needed');
  expect(wide?.evidence).toContain('no client is connected at this moment');
});
