import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import {
  constants,
  createSecureServer,
  createServer as createHttp2,
  type Http2Server,
} from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { createServer as createNet, type Server as NetServer } from 'node:net';
import {
  open as openInspector,
  close as closeInspector,
  url as inspectorUrl,
} from 'node:inspector';
import { createServer as createTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { identify, listening } from './probing.ts';

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url)), 'utf8');

const credentials = {
  key: fixture('test-only-key.pem'),
  cert: fixture('test-only-certificate.pem'),
};

const running: NetServer[] = [];

const serve = async (server: NetServer): Promise<number> => {
  running.push(server);
  return listening(server);
};

afterEach(() => {
  for (const server of running.splice(0)) {
    server.close();
    if (isHttpServer(server)) server.closeAllConnections();
  }
});

const isHttpServer = (server: NetServer): server is Server => 'closeAllConnections' in server;

const page: RequestListener = (_, response) => {
  response.setHeader('X-Powered-By', 'Express');
  response.end('<html><title>Fish &amp; Chips</title></html>');
};

describe('HTTP/1.1', () => {
  test('shows status, title and what is behind it', async () => {
    const port = await serve(createHttp(page));
    expect(await identify(port)).toMatchObject({
      id: 'http1',
      version: '1.1',
      title: 'Fish & Chips',
      tls: null,
      details: { status: '200', poweredBy: 'Express' },
      evidence: ['answered GET / with HTTP/1.1 200 OK', 'x-powered-by: Express (Express)'],
    });
  });

  test('is asked for its front page by homeport, once', async () => {
    const requests: string[] = [];
    const port = await serve(
      createHttp((request, response) => {
        requests.push(`${request.method} ${request.url} ${request.headers['user-agent']}`);
        response.end();
      }),
    );
    await identify(port);
    expect(requests).toEqual(['GET / homeport']);
  });

  test('that wants credentials says so', async () => {
    const port = await serve(
      createHttp((_, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end()),
    );
    expect(await identify(port)).toMatchObject({
      authentication: 'required',
      details: { wwwAuthenticate: 'Basic' },
    });
  });

  test('that is slow is waited for where its program is known', async () => {
    const slow: RequestListener = (_, response) => void setTimeout(() => response.end('x'), 700);
    const port = await serve(createHttp(slow));
    expect(await identify(port, { hints: ['vite'] })).toMatchObject({ id: 'http1' });
  });

  test('is one product by one question more', async () => {
    const port = await serve(
      createHttp((request, response) =>
        request.url === '/api/version'
          ? response.end('{"version":"0.3.12"}')
          : response.end('Ollama is running'),
      ),
    );
    expect(await identify(port)).toMatchObject({
      id: 'ollama',
      version: '0.3.12',
      authentication: 'none',
      details: { over: 'HTTP/1.1' },
    });
  });

  test('is a Node inspector, by its own page', async () => {
    openInspector(await freePort(), '127.0.0.1');
    try {
      expect(await identify(Number(new URL(inspectorUrl() ?? '').port))).toMatchObject({
        id: 'node-inspector',
        version: process.versions.node,
        authentication: 'none',
      });
    } finally {
      closeInspector();
    }
  });
});

describe('WebSocket', () => {
  const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
  const upgrading = (): Server => {
    const server = createHttp((_, response) => response.writeHead(426).end('Upgrade Required'));
    return server.on('upgrade', (_, socket) => {
      const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade';
      socket.end(`${head}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    });
  };

  test('is known by an upgrade that is accepted', async () => {
    expect(await identify(await serve(upgrading()))).toMatchObject({
      id: 'websocket',
      evidence: [
        'answered GET / with HTTP/1.1 426 Upgrade Required',
        'accepts the upgrade to websocket',
      ],
    });
  });

  test('is asked of a page’s server only for a ws: URL', async () => {
    const server = createHttp(page);
    let upgrades = 0;
    server.on('upgrade', (_, socket) => {
      upgrades += 1;
      socket.destroy();
    });
    const port = await serve(server);
    expect(await identify(port)).toMatchObject({ id: 'http1' });
    expect(upgrades).toBe(0);
    expect(await identify(port, { hints: ['ws'] })).toMatchObject({ id: 'http1' });
    expect(upgrades).toBe(1);
  });
});

describe('TLS', () => {
  const certificate = {
    subject: 'CN=localhost, O=Homeport test only',
    issuer: 'CN=localhost, O=Homeport test only',
    names: ['localhost', '*.shop.localhost', '127.0.0.1', '0:0:0:0:0:0:0:1'],
    selfSigned: true,
    validTo: '2126-10-28T11:57:46.000Z',
  };

  test('shows its certificate, and the page inside', async () => {
    const port = await serve(createHttps(credentials, page));
    const seen = await identify(port);
    expect(seen).toMatchObject({
      id: 'http1',
      name: 'HTTP/1.1 over TLS',
      title: 'Fish & Chips',
      tls: { ...certificate, version: 'TLSv1.3', alpn: 'http/1.1' },
    });
    expect(seen.tls?.fingerprint256).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(seen.evidence[0]).toBe('shook hands in TLSv1.3');
  });

  test('is found at once for an https: URL', async () => {
    const port = await serve(createHttps(credentials, page));
    const questions: string[] = [];
    await identify(port, { hints: ['https'], onProgress: (one) => void questions.push(one) });
    expect(questions).toEqual(['TLS']);
  });

  test('is found behind what tells plain HTTP to use it', async () => {
    const secure = createHttps(credentials, page);
    const complaint =
      'HTTP/1.1 400 Bad Request\r\n\r\nThe plain HTTP request was sent to HTTPS port';
    const both = createNet((socket) => {
      socket
        .on('error', () => undefined)
        .once('data', (data) => {
          if (data[0] !== 0x16) return socket.end(complaint);
          socket.pause();
          socket.unshift(data);
          return secure.emit('connection', socket);
        });
    });
    const seen = await identify(await serve(both));
    expect(seen).toMatchObject({ tls: certificate, title: 'Fish & Chips' });
    expect(seen.evidence).toContain('answered GET / with HTTP/1.1 400 Bad Request');
  });

  test('may carry what speaks first', async () => {
    const server = createTls(credentials, (socket) => {
      socket.on('error', () => undefined).write('* OK IMAP4rev1 ready\r\n');
    });
    expect(await identify(await serve(server))).toMatchObject({
      id: 'imap',
      name: 'IMAP over TLS',
      tls: { ...certificate, alpn: null },
    });
  });

  test('may carry what is not known, and is TLS then', async () => {
    const server = createTls(credentials, (socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end('what?'));
    });
    expect(await identify(await serve(server))).toMatchObject({ id: 'tls', tls: certificate });
  });

  test('carries a product that is asked one question more, over TLS too', async () => {
    const server = createHttps(credentials, (request, response) =>
      request.url === '/version'
        ? response.end('{"Version":"26.1.4","ApiVersion":"1.45"}')
        : response.writeHead(404, { 'Api-Version': '1.45', Server: 'Docker/26.1.4 (linux)' }).end(),
    );
    expect(await identify(await serve(server))).toMatchObject({
      id: 'docker-engine',
      name: 'Docker Engine API over TLS',
      version: '26.1.4',
      authentication: 'none',
      tls: certificate,
    });
  });
});

describe('HTTP/2', () => {
  const grpcAnswer = (server: Http2Server): Http2Server =>
    server.on('stream', (stream, headers) => {
      if (headers['content-type'] !== 'application/grpc') return stream.close();
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' },
        { endStream: true },
      );
    });

  test('in the clear is recognised by its settings and asked', async () => {
    const server = createHttp2((_, response) => response.end('<title>Two</title>'));
    expect(await identify(await serve(server))).toMatchObject({
      id: 'http2',
      version: '2',
      title: 'Two',
      details: { status: '200' },
    });
  });

  test('within TLS is agreed on by ALPN', async () => {
    const server = createSecureServer(credentials, (_, response) => response.end('ok'));
    expect(await identify(await serve(server))).toMatchObject({
      id: 'http2',
      name: 'HTTP/2 over TLS',
      tls: { alpn: 'h2' },
    });
  });

  test('that answers nothing is HTTP/2 all the same', async () => {
    const server = createHttp2();
    server.on('stream', () => undefined);
    expect(await identify(await serve(server))).toMatchObject({ id: 'http2', version: '2' });
  });

  test('is gRPC by its answer to a health check where it resets a GET', async () => {
    const server = createHttp2();
    server.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      if (headers[':method'] === 'GET') return stream.close(constants.NGHTTP2_PROTOCOL_ERROR);
      stream.respond({ ':status': 200, 'grpc-status': '12' }, { endStream: true });
    });
    expect(await identify(await serve(server))).toMatchObject({ id: 'grpc' });
  });

  test('is gRPC by the status it answers', async () => {
    const port = await serve(grpcAnswer(createHttp2()));
    expect(await identify(port)).toMatchObject({
      id: 'grpc',
      name: 'gRPC',
      details: { grpcStatus: '12' },
    });
    const secure = await serve(grpcAnswer(createSecureServer(credentials)));
    expect(await identify(secure)).toMatchObject({ id: 'grpc', name: 'gRPC over TLS' });
  });
});
