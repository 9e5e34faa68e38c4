import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';

/** A web server on the first of these ports that is free. */
const serve = async (ports: readonly number[]): Promise<number> => {
  for (const port of ports) {
    const server = createServer((_, response) => void response.end('ok'));
    const opened = once(server.listen(port, '127.0.0.1'), 'listening').then(
      () => true,
      () => false,
    );
    if (!(await opened)) continue;
    onTestFinished(() => void server.close());
    return port;
  }
  throw new Error('all of them are taken');
};

it('names the port as the reason why a browser does not reach a sound server', async () => {
  const port = await serve([6665, 6666, 6667, 6668, 6669]);
  const url = `http://127.0.0.1:${port}/`;
  await expect(fetch(url)).rejects.toMatchObject({ cause: { message: 'bad port' } });
  const diagnosis = await askWhy({ message: `net::ERR_UNSAFE_PORT at ${url}` });
  expect(causeOf(diagnosis, 'blocked-by-browsers')).toMatchObject({ explains: true });
  expect(causeIds(diagnosis)[0]).toBe('blocked-by-browsers');
  expect(diagnosis.verdict).toBe('explained');
});

it('does not name a port that browsers connect to', async () => {
  const port = await serve([await freePort()]);
  const url = `http://127.0.0.1:${port}/`;
  expect((await fetch(url)).status).toBe(200);
  expect(causeIds(await askWhy({ target: url }))).not.toContain('blocked-by-browsers');
});
