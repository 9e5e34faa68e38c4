import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/model/parse-target.ts';
import { endpoint, refusal } from './parsed.ts';

describe('an endpoint', () => {
  it('is given in full', () => {
    expect(parseTarget('127.0.0.1:49342')).toEqual({
      kind: 'endpoint',
      input: '127.0.0.1:49342',
      transport: null,
      host: '127.0.0.1',
      address: '127.0.0.1',
      family: 'ipv4',
      zone: null,
      port: 49_342,
      scheme: null,
      notes: [],
    });
  });

  it.each([
    ['49342', null, null, 49_342],
    ['localhost:3000', null, 'localhost', 3000],
    ['[::1]:80', null, '::1', 80],
    ['*:3000', null, null, 3000],
    ['tcp://127.0.0.1:2375', 'tcp', '127.0.0.1', 2375],
    ['tcp://localhost:2375/', 'tcp', 'localhost', 2375],
    ['udp://127.0.0.53:53', 'udp', '127.0.0.53', 53],
    ['tcp:3000', 'tcp', null, 3000],
    ['UDP:53', 'udp', null, 53],
    ['53/udp', 'udp', null, 53],
    ['5432/tcp', 'tcp', null, 5432],
    ['localhost:53/UDP', 'udp', 'localhost', 53],
    ['tcp:localhost:80/tcp', 'tcp', 'localhost', 80],
    ['db:5432', null, 'db', 5432],
    ['my_service:80', null, 'my_service', 80],
  ] as const)('%s', (input, transport, host, port) => {
    expect(endpoint(input)).toMatchObject({ input, transport, host, port, scheme: null });
  });

  it('needs no host, and says what that means', () => {
    expect(endpoint(':49342')).toMatchObject({ host: null, address: null, port: 49_342 });
    expect(endpoint(':80').notes).toEqual([
      'no host was given: every address of this machine is meant',
    ]);
    expect(endpoint('*:80').notes).toEqual(['* is every address of this machine']);
    expect(endpoint('80').notes).toEqual([]);
  });

  it('may be surrounded by white space, and keeps what was typed', () => {
    expect(endpoint('  localhost:3000\n')).toMatchObject({
      input: '  localhost:3000\n',
      port: 3000,
    });
  });

  it('may be followed by a path, which does not count', () => {
    expect(endpoint('localhost:3000/api?x=1').notes).toEqual([
      '/api?x=1 was left out: only the endpoint counts',
    ]);
    expect(endpoint('localhost:3000/').notes).toEqual([]);
    expect(endpoint('localhost:3000/@vite/client').port).toBe(3000);
  });

  it('has one transport at most', () => {
    expect(refusal('tcp:53/udp').message).toBe('the target names two transports');
    expect(refusal('53/sctp')).toMatchObject({ hint: '53/tcp or 53/udp' });
  });

  it('is not how containers are published', () => {
    expect(refusal('3000:80').hint).toBe('3000 or 80, for the port alone');
  });
});

describe('a URL', () => {
  it.each([
    ['http://localhost', 'tcp', 80],
    ['https://localhost/x?y#z', 'tcp', 443],
    ['ws://localhost', 'tcp', 80],
    ['wss://localhost', 'tcp', 443],
    ['postgres://localhost/shop', 'tcp', 5432],
    ['postgresql://localhost', 'tcp', 5432],
    ['mysql://localhost', 'tcp', 3306],
    ['redis://localhost/0', 'tcp', 6379],
    ['rediss://localhost', 'tcp', 6379],
    ['mongodb://localhost', 'tcp', 27_017],
    ['amqp://localhost', 'tcp', 5672],
    ['amqps://localhost', 'tcp', 5671],
    ['mqtt://localhost', 'tcp', 1883],
    ['mqtts://localhost', 'tcp', 8883],
    ['nats://localhost', 'tcp', 4222],
    ['ftp://localhost', 'tcp', 21],
    ['smtp://localhost', 'tcp', 25],
    ['ldap://localhost', 'tcp', 389],
    ['coap://localhost', 'udp', 5683],
  ] as const)('%s has the default port %s %d, and a note', (input, transport, port) => {
    const target = endpoint(input);
    const scheme = input.slice(0, input.indexOf(':'));
    expect(target).toMatchObject({ transport, port, scheme, host: 'localhost' });
    expect(target.notes).toEqual([`the URL names no port: ${port} is the default of ${scheme}`]);
  });

  it('names its port', () => {
    expect(endpoint('HTTP://LocalHost:5173/src?x=1:2#@')).toMatchObject({
      scheme: 'http',
      host: 'localhost',
      port: 5173,
      notes: ['LocalHost is localhost'],
    });
    expect(endpoint('http://localhost:/').port).toBe(80);
    expect(endpoint('http://[::1]:3000')).toMatchObject({ address: '::1', port: 3000 });
    expect(endpoint('http://127.1:3000')).toMatchObject({ address: '127.0.0.1' });
    expect(endpoint('http://*:5000')).toMatchObject({ host: null, scheme: 'http', port: 5000 });
  });

  it('may name a driver', () => {
    expect(endpoint('jdbc:postgresql://localhost/shop')).toMatchObject({
      scheme: 'postgresql',
      port: 5432,
    });
    expect(endpoint('jdbc:sqlserver://localhost:1433;databaseName=x')).toMatchObject({
      port: 1433,
    });
    expect(endpoint('postgresql+psycopg2://localhost:5433/x')).toMatchObject({
      scheme: 'postgresql',
      port: 5433,
      notes: ['postgresql+psycopg2 is postgresql'],
    });
  });

  it('of an unknown scheme needs a port', () => {
    expect(endpoint('foo://localhost:12')).toMatchObject({
      scheme: 'foo',
      transport: null,
      port: 12,
    });
    expect(refusal('foo://localhost').message).toBe('the port is missing: foo:// has no default');
    expect(refusal('grpc://localhost').hint).toBe('grpc://HOST:PORT');
  });

  it('names one endpoint', () => {
    expect(refusal('mongodb+srv://cluster.example/x').message).toContain('names no endpoint');
    expect(refusal('mongodb://a:1,b:2/x').hint).toBe('mongodb://a:1');
  });

  it.each([
    'http://1.2.3/',
    'http://256.1.1.1',
    'http://localhost:99999',
    'http://::1/',
    'http://a:b:c',
  ])('is refused as any endpoint is: %s', (input) => {
    expect(refusal(input).code).toBe('invalid-input');
  });
});

describe('a process', () => {
  it('is a pid with its prefix', () => {
    expect(parseTarget('pid:1234')).toEqual({
      kind: 'pid',
      input: 'pid:1234',
      pid: 1234,
      notes: [],
    });
    expect(parseTarget('pid:70000')).toMatchObject({ pid: 70_000 });
  });

  it.each(['pid:', 'pid:0', 'pid:-1', 'pid:01', 'pid:x', 'pid:4194305', 'pid:1.5'])(
    'refuses %s',
    (input) => {
      expect(refusal(input).message).toBe('pid must be 1–4194304');
    },
  );
});

describe('a name', () => {
  it.each(['postgres', 'shop', 'nginx.service', 'shop-api_1', 'Müller', 'cafe', 'localhost6'])(
    '%s needs no prefix',
    (name) => {
      expect(parseTarget(name)).toEqual({ kind: 'name', input: name, name, notes: [] });
    },
  );

  it.each([
    ['name:postgres', 'postgres'],
    ['name:3000', '3000'],
    ['name:Google Chrome', 'Google Chrome'],
    ['name:user@1000.service', 'user@1000.service'],
    ['NAME: localhost', 'localhost'],
  ])('%s', (input, name) => {
    expect(parseTarget(input)).toMatchObject({ kind: 'name', name });
  });

  it('is not endless', () => {
    expect(refusal(`name:${'a'.repeat(256)}`).message).toBe('the name is too long');
  });
});

describe('a unix socket', () => {
  it.each([
    ['unix:/run/docker.sock', { path: '/run/docker.sock' }],
    ['unix:///run/docker.sock', { path: '/run/docker.sock' }],
    ['/run/docker.sock', { path: '/run/docker.sock' }],
    ['/run/with space.sock', { path: '/run/with space.sock' }],
    ['/run/back\\slash', { path: '/run/back\\slash' }],
    ['unix:@/tmp/.X11-unix/X0', { abstract: '/tmp/.X11-unix/X0' }],
    ['@/tmp/.X11-unix/X0', { abstract: '/tmp/.X11-unix/X0' }],
  ])('%s', (input, name) => {
    expect(parseTarget(input)).toMatchObject({ kind: 'unix', input, name });
  });

  it.each([
    'unix:',
    'unix:@',
    '@',
    'unix:docker.sock',
    'unix:./x',
    'unix://run',
    '//localhost:3000',
  ])('refuses %s', (input) => {
    expect(refusal(input).message).toBe('a unix socket needs an absolute path or @NAME');
  });

  it('has room for 107 bytes', () => {
    const path = `/${'é'.repeat(53)}`;
    expect(parseTarget(path)).toMatchObject({ name: { path } });
    expect(refusal(`${path}x`).message).toBe('the name of a unix socket has at most 107 bytes');
    expect(parseTarget(`@${'a'.repeat(107)}`)).toMatchObject({ kind: 'unix' });
    expect(refusal(`@${'a'.repeat(108)}`).code).toBe('invalid-input');
  });
});

describe('a pasted message', () => {
  it.each([
    ['connect ECONNREFUSED 127.0.0.1:5432', 'homeport 127.0.0.1:5432'],
    ['Error: connect ECONNREFUSED ::1:5432', 'homeport [::1]:5432'],
    ['listen EADDRINUSE: address already in use :::3000', 'homeport [::]:3000'],
    ['dial tcp [::1]:5432: connect: connection refused', 'homeport [::1]:5432'],
    ['Failed to load http://localhost:3000/a.js:12:5.', 'homeport localhost:3000'],
    ['Port 3000 is in use, trying another one...', 'homeport 3000'],
    ['ECONNREFUSED\n  at x (server.js:12:5)\n  address: 127.0.0.1:80', 'homeport 127.0.0.1:80'],
    ['connection to server at "localhost:5432" failed', 'homeport localhost:5432'],
  ])('%j hints at %s', (input, hint) => {
    expect(refusal(input)).toMatchObject({ message: 'a target holds no white space', hint });
  });

  it.each([
    'something failed',
    'read tcp 127.0.0.1:34567->127.0.0.1:5432: connection reset by peer',
    'at TCPConnectWrap.afterConnect (node:net:1607:16)',
    'port 3000 and port 3001',
    'expected a:1 but got b:2',
  ])('%j names none', (input) => {
    expect(refusal(input).hint).toMatch(/^49342, /);
  });
});
