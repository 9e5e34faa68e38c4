import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { listening } from '../protocols/probing.ts';
import { freePort } from '../support/free-port.ts';
import { hasOpenssl, makeAuthority, type TestAuthority } from '../support/make-certificates.ts';
import { serverProgram, startNginx, startPostgres } from '../support/servers.ts';
import { programStarter } from '../support/start-program.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';

/** The first of several, whatever the others are. */
const first = (cause: object) =>
  expect.toSatisfy(([one]: readonly unknown[]) => {
    expect(one).toMatchObject(cause);
    return true;
  });

const running: Server[] = [];
const serve = (server: Server): Promise<number> => {
  running.push(server);
  return listening(server);
};
const page: RequestListener = (_, response) => void response.end('<title>Shop</title>');

afterEach(() => {
  for (const server of running.splice(0)) {
    server.close();
    if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function') {
      server.closeAllConnections();
    }
  }
});

const certificateIds = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-wrong-name',
  'certificate-untrusted',
];

describe.skipIf(!hasOpenssl)('certificates (skipped without openssl)', () => {
  const start = programStarter();
  let authority: TestAuthority;
  beforeAll(() => {
    authority = makeAuthority();
  });
  afterAll(() => authority.remove());

  const secure = (options: TlsOptions) => serve(createHttps(options, page));
  const found = async (url: string) => {
    const diagnosis = await askWhy({ target: url });
    return { diagnosis, ids: causeIds(diagnosis).filter((id) => certificateIds.includes(id)) };
  };

  test('over', async () => {
    const old = authority.issue({ from: '20200101000000Z', to: '20200201000000Z' });
    const { diagnosis, ids } = await found(`https://localhost:${await secure(old)}`);
    expect(ids[0]).toBe('certificate-expired');
    expect(diagnosis).toMatchObject({
      symptom: { class: 'tls-untrusted', from: 'attempt' },
      verdict: 'explained',
    });
    expect(diagnosis.causes[0]?.title).toContain('expired on 2020-02-01');
  });

  test('not begun', async () => {
    const coming = authority.issue({ from: '20400101000000Z', to: '20400201000000Z' });
    const { ids } = await found(`https://localhost:${await secure(coming)}`);
    expect(ids[0]).toBe('certificate-not-yet-valid');
    expect(ids).not.toContain('certificate-expired');
  });

  test('for another name; not for its own', async () => {
    const port = await secure(authority.issue({ names: 'DNS:localhost' }));
    const { diagnosis, ids } = await found(`https://127.0.0.1:${port}`);
    expect(ids).toEqual(['certificate-wrong-name', 'certificate-untrusted']);
    expect(diagnosis.causes[0]?.actions[0]?.command).toBe(`curl -i https://localhost:${port}/`);
    expect((await found(`https://localhost:${port}`)).ids).toEqual(['certificate-untrusted']);
  });

  test('signed by itself, and by an authority that nobody knows', async () => {
    const own = await found(
      `https://localhost:${await secure(authority.issue({ selfSigned: true }))}`,
    );
    expect(causeOf(own.diagnosis, 'certificate-untrusted').title).toContain('signed itself');
    const privately = await found(`https://localhost:${await secure(authority.issue())}`);
    expect(privately.ids).toEqual(['certificate-untrusted']);
    expect(causeOf(privately.diagnosis, 'certificate-untrusted').title).toContain(
      'a private authority',
    );
  });

  test('not expired, though nobody vouches for it', async () => {
    const { ids } = await found(`https://localhost:${await secure(authority.issue())}`);
    expect(ids).not.toContain('certificate-expired');
  });

  test("trusted after what is advised, where the server sends the authority's", async () => {
    const trustedBy = async (options: TlsOptions) => {
      const port = await secure(options);
      const diagnosis = await askWhy({ message: curlSays(port) });
      const [save, use] = causeOf(diagnosis, 'certificate-untrusted').actions;
      const cwd = mkdtempSync(join(tmpdir(), 'homeport-trust-'));
      onTestFinished(() => rmSync(cwd, { recursive: true }));
      const run = (command: string) => promisify(execFile)('sh', ['-ec', command], { cwd });
      await run(save?.command ?? 'false');
      return (await run(use?.command ?? 'false')).stdout;
    };
    const curlSays = (port: number): string =>
      `curl: (60) SSL certificate problem: self-signed certificate: https://localhost:${port}/`;
    const leaf = authority.issue();
    expect(await trustedBy({ ...leaf, cert: leaf.cert + authority.cert })).toContain('Shop');
    expect(await trustedBy(authority.issue({ selfSigned: true }))).toContain('Shop');
    const alone = await askWhy({ message: curlSays(await secure(leaf)) });
    const [take] = causeOf(alone, 'certificate-untrusted').actions;
    expect(take).toMatchObject({ command: null });
    expect(take?.label).toContain('the server does not send it');
  });

  test('told by a message, for its client', async () => {
    const port = await secure(authority.issue({ selfSigned: true }));
    const message = `requests.exceptions.SSLError: HTTPSConnectionPool(host='localhost', port=${port}): Max retries exceeded with url: / (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate (_ssl.c:1129)')))`;
    const diagnosis = await askWhy({ message });
    expect(diagnosis.symptom).toMatchObject({ class: 'tls-untrusted', from: 'message' });
    expect(causeOf(diagnosis, 'certificate-untrusted').actions[1]?.command).toMatch(
      /^export REQUESTS_CA_BUNDLE=/,
    );
  });

  test('wanted of the client', async () => {
    const wanting = { ...authority.issue(), requestCert: true, ca: authority.cert };
    const diagnosis = await askWhy({ target: `https://localhost:${await secure(wanting)}` });
    expect(causeIds(diagnosis)).toContain('client-certificate-wanted');
    const content = { ...wanting, rejectUnauthorized: false };
    const offered = await askWhy({ target: `https://localhost:${await secure(content)}` });
    expect(causeIds(offered)).not.toContain('client-certificate-wanted');
  });

  test('a handshake that the server ends, as it has keys of another kind alone', async () => {
    const port = await freePort();
    const words = ['s_server', '-accept', `127.0.0.1:${port}`, '-nocert', '-psk', 'c0ffee'];
    const { line } = await start('openssl', [...words, '-tls1_2']);
    while ((await line()) !== 'ACCEPT');
    const diagnosis = await askWhy({ target: `https://127.0.0.1:${port}` });
    const cause = causeOf(diagnosis, 'tls-handshake-refused');
    expect(diagnosis.causes[0]?.id).toBe('tls-handshake-refused');
    expect(cause.title).toContain('ends the TLS handshake: handshake failure');
    const well = await askWhy({ target: `https://localhost:${await secure(authority.issue())}` });
    expect(causeIds(well)).not.toContain('tls-handshake-refused');
  });

  test('a server of TLS 1.1; one of 1.2 is well', async () => {
    const old = {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    } as const;
    const oldPort = await secure({ ...authority.issue(), ...old });
    const diagnosis = await askWhy({
      message: `curl: (35) TLS connect error to https://localhost:${oldPort}/: error:0A000102:SSL routines::unsupported protocol`,
    });
    expect(causeIds(diagnosis)).toContain('tls-version-mismatch');
    const port = await secure({ ...authority.issue(), maxVersion: 'TLSv1.2' });
    const well = await askWhy({ target: `https://localhost:${port}` });
    expect(causeIds(well)).not.toContain('tls-version-mismatch');
  });

  test('plain HTTP to TLS, and TLS to plain HTTP', async () => {
    const port = await secure(authority.issue());
    const plainly = await askWhy({ target: `http://localhost:${port}` });
    expect(plainly).toMatchObject({
      symptom: { class: 'http-on-tls-port' },
      verdict: 'explained',
      causes: first({ id: 'http-to-tls', explains: true }),
    });
    expect(plainly.causes[0]?.title).toContain(`https://localhost:${port}/ is right`);
    const plainPort = await serve(createHttp(page));
    const secured = await askWhy({ target: `https://localhost:${plainPort}` });
    expect(secured).toMatchObject({
      symptom: { class: 'tls-on-http-port' },
      causes: first({ id: 'tls-to-http', explains: true }),
    });
    const well = causeIds(await askWhy({ target: `http://localhost:${plainPort}` }));
    expect(well).not.toContain('http-to-tls');
    expect(well).not.toContain('tls-to-http');
  });

  test.skipIf(serverProgram('nginx') === null)(
    'plain HTTP to nginx with TLS, which answers it (skipped without nginx)',
    async () => {
      const { keyFile: key, certFile: certificate } = authority.issue();
      const nginx = await startNginx({ tls: { key, certificate } });
      try {
        const diagnosis = await askWhy({ target: `http://127.0.0.1:${nginx.port}` });
        expect(diagnosis).toMatchObject({
          symptom: { class: 'http-on-tls-port' },
          causes: first({ id: 'http-to-tls', explains: true }),
        });
        const secured = await askWhy({ target: `https://localhost:${nginx.port}` });
        expect(causeIds(secured)[0]).toBe('certificate-untrusted');
      } finally {
        await nginx.stop();
      }
    },
  );
});

test('"wrong version number" of a client at a port of plain HTTP', async () => {
  const port = await serve(createHttp(page));
  const diagnosis = await askWhy({
    message: `$ curl https://localhost:${port}\ncurl: (35) OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number`,
  });
  expect(diagnosis).toMatchObject({ verdict: 'explained', causes: first({ id: 'tls-to-http' }) });
});

test.skipIf(serverProgram('postgres') === null)(
  'PostgreSQL without TLS, whose client insists (skipped without postgres)',
  async () => {
    const postgres = await startPostgres();
    try {
      const message = `psql: error: connection to server at "127.0.0.1", port ${postgres.port} failed: server does not support SSL, but SSL was required`;
      const diagnosis = await askWhy({ message });
      expect(causeIds(diagnosis)).toContain('tls-not-offered');
    } finally {
      await postgres.stop();
    }
  },
);
