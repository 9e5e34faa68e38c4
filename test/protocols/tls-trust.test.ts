import { execFile } from 'node:child_process';
import type { Server } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasOpenssl, makeAuthority, type TestAuthority } from '../support/make-certificates.ts';
import { identify, listening } from './probing.ts';

describe.skipIf(!hasOpenssl)('what verification says (skipped without openssl)', () => {
  let authority: TestAuthority;
  const running: Server[] = [];

  beforeAll(() => {
    authority = makeAuthority();
  });
  afterAll(() => authority.remove());
  afterEach(() => {
    for (const server of running.splice(0)) server.close();
  });

  const serve = (options: TlsOptions): Promise<number> => {
    const server = createServer(options, (socket) => void socket.on('error', () => {}).end('hi\n'));
    server.on('tlsClientError', () => {});
    running.push(server);
    return listening(server);
  };
  const look = async (options: TlsOptions, serverName = 'localhost') =>
    identify(await serve(options), { hints: ['https'], serverName });

  test('of a certificate that an authority issued which nobody knows', async () => {
    const { tls } = await look(authority.issue());
    expect(tls?.trust).toEqual({
      authorized: false,
      error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      nameMatches: true,
      systemTrusts: false,
    });
  });

  test('of a chain with its root', async () => {
    const { key, cert } = authority.issue();
    const { tls } = await look({ key, cert: cert + authority.cert });
    expect(tls?.trust).toMatchObject({ authorized: false, error: 'SELF_SIGNED_CERT_IN_CHAIN' });
  });

  test('of a self-signed one', async () => {
    const { tls } = await look(authority.issue({ selfSigned: true }));
    expect(tls?.trust).toMatchObject({ error: 'DEPTH_ZERO_SELF_SIGNED_CERT', nameMatches: true });
  });

  test('of an expired one, and of one for another name', async () => {
    const old = { from: '20200101000000Z', to: '20200201000000Z' };
    const { tls } = await look(authority.issue({ ...old, names: 'DNS:shop.example' }));
    expect(tls).toMatchObject({
      validTo: '2020-02-01T00:00:00.000Z',
      trust: { authorized: false, nameMatches: false },
    });
  });

  test('of the address or the name that was asked for', async () => {
    const credentials = authority.issue({ names: 'IP:127.0.0.1,DNS:*.shop.localhost' });
    const matches = async (name: string) => (await look(credentials, name)).tls?.trust?.nameMatches;
    expect(await matches('127.0.0.1')).toBe(true);
    expect(await matches('app.shop.localhost')).toBe(true);
    expect(await matches('localhost')).toBe(false);
    expect(await matches('::1')).toBe(false);
  });

  test('of one that the environment, or the system, vouches for', async () => {
    const { key, cert } = authority.issue();
    const port = await serve({ key, cert });
    const seen = (env: NodeJS.ProcessEnv) => trustOf(port, env);
    expect(await seen({ NODE_EXTRA_CA_CERTS: authority.certFile })).toEqual({
      authorized: true,
      error: null,
      nameMatches: true,
    });
    expect(await seen({ SSL_CERT_FILE: authority.certFile })).toEqual({
      authorized: false,
      error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      nameMatches: true,
      systemTrusts: true,
    });
  });

  test('a server that wants a certificate of its client says so by an alert', async () => {
    const seen = await look({ ...authority.issue(), requestCert: true, ca: authority.cert });
    expect(seen).toMatchObject({ id: 'tls', details: { alert: 'certificate required' } });
    const older = await look({
      ...authority.issue(),
      requestCert: true,
      ca: authority.cert,
      maxVersion: 'TLSv1.2',
    });
    expect(older).toMatchObject({ id: 'tls', tls: null, details: { alert: 'handshake failure' } });
  });

  test('an old server is shaken hands with all the same', async () => {
    const { tls } = await look({
      ...authority.issue(),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    expect(tls?.version).toBe('TLSv1.1');
  });
});

/** Certificate authorities are read once a process, so that each look needs one of its own. */
const trustOf = async (port: number, env: NodeJS.ProcessEnv): Promise<unknown> => {
  const probing = new URL('probing.ts', import.meta.url).href;
  const program = `
    const { identify } = await import(${JSON.stringify(probing)});
    const { tls } = await identify(${port}, { hints: ['https'] });
    console.log(JSON.stringify(tls.trust));
  `;
  const words = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, words, { env });
  return JSON.parse(stdout);
};
