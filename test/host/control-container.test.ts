import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectContainer, stopContainer } from '../../src/host/containers/control-container.ts';

const never = new AbortController().signal;

const engine = async (answer: RequestListener): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-engine-'));
  const path = join(folder, 'engine.sock');
  const server = createServer(answer);
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  return path;
};

const status = (code: number, body = ''): Promise<string> =>
  engine((_, response) => response.writeHead(code).end(body));

test.each([
  [204, '', { result: 'done' }],
  [304, '', { result: 'done' }],
  [404, '{"message":"No such container: x"}', { result: 'gone' }],
  [403, '', { result: 'denied' }],
  [
    500,
    '{"message":"cannot stop"}',
    { result: 'failed', why: 'the engine answers 500: cannot stop' },
  ],
])('an engine that answers %i', async (code, body, expected) => {
  expect(await stopContainer([await status(code, body)], 'x', 5_000, never)).toMatchObject(
    expected,
  );
});

test('the engine that knows it stops it, in the time that it is given', async () => {
  const asked: string[] = [];
  const knows = await engine((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(204).end();
  });
  const sockets = ['/nonexistent/engine.sock', await status(404), knows];
  expect(await stopContainer(sockets, 'a/b', 1_500, never)).toEqual({ result: 'done' });
  expect(asked).toEqual(['POST /containers/a%2Fb/stop?t=2']);
});

test('without an engine that is said', async () => {
  expect(await stopContainer([], 'x', 1, never)).toMatchObject({ result: 'failed' });
  expect(await inspectContainer([], 'x', never)).toMatchObject({ unknown: 'unsupported' });
});

test('tells the restart policy', async () => {
  const body = { State: { Running: true }, HostConfig: { RestartPolicy: { Name: 'always' } } };
  const path = await status(200, JSON.stringify(body));
  expect(await inspectContainer([path], 'x', never)).toEqual({
    running: true,
    restartPolicy: 'always',
  });
  expect(await inspectContainer([await status(200, '[]')], 'x', never)).toEqual({
    running: false,
    restartPolicy: null,
  });
});
