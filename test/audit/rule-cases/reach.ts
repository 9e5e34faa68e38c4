import {
  factsOf,
  listenerOf,
  loopbackListener,
  processOf,
  programOf,
  protocolOf,
} from '../rule-facts.ts';
import { type Case, denied, unixListener, unknownReach } from './case.ts';

const database = programOf('database', 'redis');
const routed = listenerOf({
  exposure: { level: 'anyone-routed', reasons: ['x'], reachableVia: [] },
});
const inspected = processOf({ argv: ['node', '--inspect=0.0.0.0', 'a.js'] });
const shop = { name: 'shop', root: '/x', branch: null, worktree: null, evidence: [] };
const plain = programOf('runtime', 'node');
const open = { authentication: 'none' } as const;

/** Rules about who can get in. */
export const reachCases: readonly Case[] = [
  ['bound-wider-than-needed', 'nobody connected', 'info', factsOf()],
  [
    'bound-wider-than-needed',
    'local clients only',
    'notice',
    factsOf({ clients: ['127.0.0.1', '10.0.0.5', '::ffff:127.0.0.1'] }),
  ],
  [
    'bound-wider-than-needed',
    'a client from elsewhere',
    'pass',
    factsOf({ clients: ['127.0.0.1', '10.0.0.9'] }),
  ],
  ['bound-wider-than-needed', 'on loopback', 'pass', factsOf({ listener: loopbackListener() })],
  [
    'bound-wider-than-needed',
    'a web server',
    'not-applicable',
    factsOf({ listener: listenerOf({ program: programOf('web-server', 'nginx') }) }),
  ],
  [
    'bound-wider-than-needed',
    'node of no project',
    'not-applicable',
    factsOf({ listener: listenerOf({ program: plain }) }),
  ],
  [
    'bound-wider-than-needed',
    'node of a project',
    'info',
    factsOf({ listener: listenerOf({ program: plain, project: shop }) }),
  ],
  [
    'bound-wider-than-needed',
    'program unknown',
    'unknown',
    factsOf({ listener: listenerOf({ program: denied }) }),
  ],
  ['bound-wider-than-needed', 'reach unknown', 'unknown', factsOf({ listener: unknownReach })],
  ['bound-wider-than-needed', 'unix socket', 'not-applicable', factsOf({ listener: unixListener })],
  [
    'debugger-reachable',
    'node --inspect on this port',
    'critical',
    factsOf({ listener: listenerOf({ port: 9229 }), process: inspected }),
  ],
  [
    'debugger-reachable',
    'the server port of the same process',
    'not-applicable',
    factsOf({ process: inspected }),
  ],
  [
    'debugger-reachable',
    'by its protocol',
    'critical',
    factsOf({ process: null, protocol: protocolOf('node-inspector', open) }),
  ],
  [
    'debugger-reachable',
    'by its program',
    'critical',
    factsOf({ listener: listenerOf({ program: programOf('debugger', 'Delve') }) }),
  ],
  [
    'debugger-reachable',
    'on loopback',
    'pass',
    factsOf({
      listener: loopbackListener({ port: 9229 }),
      process: processOf({ argv: ['node', '--inspect', 'a.js'] }),
    }),
  ],
  ['debugger-reachable', 'owner unread', 'unknown', factsOf({ process: null })],
  [
    'debugger-reachable',
    'argv unread',
    'unknown',
    factsOf({ process: processOf({ argv: denied }) }),
  ],
  [
    'debugger-reachable',
    'owner unread on loopback',
    'not-applicable',
    factsOf({ listener: loopbackListener(), process: null }),
  ],
  [
    'debugger-reachable',
    'reach unknown',
    'unknown',
    factsOf({ listener: unknownReach, protocol: protocolOf('jdwp') }),
  ],
  [
    'debugger-reachable',
    'another protocol',
    'not-applicable',
    factsOf({ process: null, protocol: protocolOf('http1') }),
  ],
  [
    'debugger-on-loopback',
    'DevTools',
    'info',
    factsOf({
      listener: loopbackListener({ port: 9222 }),
      process: processOf({ argv: ['chrome', '--remote-debugging-port=9222'] }),
    }),
  ],
  [
    'debugger-on-loopback',
    'reachable',
    'not-applicable',
    factsOf({ protocol: protocolOf('jdwp') }),
  ],
  [
    'debugger-on-loopback',
    'no debugger',
    'not-applicable',
    factsOf({ listener: loopbackListener() }),
  ],
  [
    'debugger-on-loopback',
    'owner unread',
    'unknown',
    factsOf({ listener: loopbackListener(), process: null }),
  ],
  [
    'database-without-authentication',
    'answers everyone',
    'critical',
    factsOf({ listener: routed, protocol: protocolOf('redis', open) }),
  ],
  [
    'database-without-authentication',
    'wants credentials',
    'pass',
    factsOf({ protocol: protocolOf('postgres', { authentication: 'required' }) }),
  ],
  [
    'database-without-authentication',
    'not seen',
    'unknown',
    factsOf({ protocol: protocolOf('mysql') }),
  ],
  [
    'database-without-authentication',
    'not asked',
    'unknown',
    factsOf({ listener: listenerOf({ program: database }) }),
  ],
  [
    'database-without-authentication',
    'on loopback',
    'pass',
    factsOf({ listener: loopbackListener({ program: database }) }),
  ],
  [
    'database-without-authentication',
    'reach unknown',
    'unknown',
    factsOf({ listener: unknownReach, protocol: protocolOf('redis', open) }),
  ],
  [
    'database-without-authentication',
    'a dev server',
    'not-applicable',
    factsOf({ protocol: protocolOf('http1', open) }),
  ],
  [
    'database-without-authentication',
    'unix socket',
    'not-applicable',
    factsOf({ listener: unixListener }),
  ],
  [
    'docker-api-without-tls',
    'answers plainly',
    'critical',
    factsOf({ protocol: protocolOf('docker-engine', open) }),
  ],
  [
    'docker-api-without-tls',
    'answers plainly on loopback',
    'warning',
    factsOf({ listener: loopbackListener(), protocol: protocolOf('docker-engine') }),
  ],
  [
    'docker-api-without-tls',
    'by dockerd -H',
    'critical',
    factsOf({
      listener: listenerOf({ port: 2375 }),
      process: processOf({
        comm: 'dockerd',
        argv: ['/usr/bin/dockerd', '-H', 'tcp://0.0.0.0:2375'],
      }),
    }),
  ],
  [
    'docker-api-without-tls',
    'dockerd --tlsverify',
    'pass',
    factsOf({
      listener: listenerOf({ port: 2376 }),
      process: processOf({
        comm: 'dockerd',
        argv: ['dockerd', '--tlsverify', '-H=tcp://0.0.0.0:2376'],
      }),
    }),
  ],
  [
    'docker-api-without-tls',
    'dockerd with a file',
    'unknown',
    factsOf({
      listener: listenerOf({ port: 2376 }),
      process: processOf({
        comm: 'dockerd',
        argv: ['dockerd', '--config-file=/x', '-H=tcp://0.0.0.0:2376'],
      }),
    }),
  ],
  [
    'docker-api-without-tls',
    'another port of dockerd',
    'not-applicable',
    factsOf({
      process: processOf({ comm: 'dockerd', argv: ['dockerd', '-H=tcp://0.0.0.0:2376'] }),
    }),
  ],
  [
    'docker-api-without-tls',
    'something else',
    'not-applicable',
    factsOf({ protocol: protocolOf('http1') }),
  ],
  ['docker-api-without-tls', 'unix socket', 'not-applicable', factsOf({ listener: unixListener })],
];
