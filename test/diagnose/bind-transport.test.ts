import { expect, test } from 'vitest';
import { onlyUdpHeld, transportTold } from '../../src/diagnose/bind-transport.ts';
import { endpointFacts } from '../support/diagnosis-facts.ts';
import { socket } from '../support/scene.ts';

test.each([
  ['listen udp :53: bind: address already in use', 'udp'],
  ['listen udp4 0.0.0.0:53: bind: address already in use', 'udp'],
  ['Error: bind EADDRINUSE 0.0.0.0:53\n    at node:dgram:364:20', 'udp'],
  ['  File "socketserver.py", line 456, in UDPServer', 'udp'],
  ['listen tcp 127.0.0.1:80: bind: address already in use', 'tcp'],
  ['Error: listen EADDRINUSE: address already in use :::3000', 'tcp'],
  ['    at Server.setupListenHandle [as _listen2] (node:net:1463:16)', 'tcp'],
  ['Error: bind EADDRINUSE 0.0.0.0:53', null],
  ['bind() to 0.0.0.0:80 failed (98: Address already in use)', null],
  ['a tcp and a udp socket', null],
])('%s', (text, expected) => {
  expect(transportTold(text.split('\n')[0] ?? null, text)).toBe(expected);
  expect(transportTold(null, text)).toBe(expected);
});

test('the line of the failure counts before what stands around it', () => {
  expect(transportTold('listen tcp :53: bind', 'listen udp :53 is fine')).toBe('tcp');
});

test.each([
  [['udp'], true],
  [['udp', 'tcp'], false],
  [['tcp'], false],
  [[], false],
] as const)('held as %j', (transports, expected) => {
  const sockets = transports.map((transport, index) =>
    socket(70 + index, {
      transport,
      state: transport === 'udp' ? 'close' : 'listen',
      local: { address: '127.0.0.1', port: 3000 },
      remote: { address: '0.0.0.0', port: 0 },
    }),
  );
  expect(onlyUdpHeld(endpointFacts('127.0.0.1:3000', { sockets }))).toBe(expected);
  const namespace = 'net:[7]';
  const elsewhere = sockets.map((one) => ({ ...one, namespace }));
  expect(onlyUdpHeld(endpointFacts('127.0.0.1:3000', { sockets: elsewhere }))).toBe(false);
});
