import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { main } from '../../../src/faces/cli/main.ts';
import { waitResultSchema } from '../../../src/operations/schemas/diagnosis.schema.ts';
import { freePort } from '../../support/free-port.ts';
import { portOf } from '../../support/open-sockets.ts';
import { memoryIo } from './support/memory-io.ts';
import { cliArguments } from './support/run-cli.ts';

/** Runs `homeport wait` in this process, on a terminal of so many columns or (null) none. */
const run = async (words: readonly string[], columns: number | null = null) => {
  const io = memoryIo(columns === null ? null : { columns, rows: 24 }, { HOME: '/root' });
  const code = await main(['wait', ...words], io);
  return { code, ...io.written };
};

/** A web server from `delayMs` on. */
const serveAfter = async (delayMs: number, port: number, status = 200): Promise<void> => {
  await sleep(delayMs);
  const server = createServer((_, response) => response.writeHead(status).end('hello'));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
};

test('0 and one line once it answers, and no progress in a log', async () => {
  const port = await freePort();
  const serving = serveAfter(200, port);
  const { code, out, err } = await run([`127.0.0.1:${port}`]);
  await serving;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    new RegExp(`^127\\.0\\.0\\.1:${port} answers in HTTP/1\\.1 after \\d+\\.\\d s\\.\\n$`),
  );
});

describe('on a terminal', () => {
  it('progress is painted over, and gone at the end', async () => {
    const port = await freePort();
    const serving = serveAfter(150, port);
    const { out, err } = await run([`127.0.0.1:${port}`], 120);
    await serving;
    expect(out).toMatch(/answers in HTTP\/1\.1 after/);
    expect(err).toMatch(
      new RegExp(`\\r\\x1b\\[Kwaiting for 127\\.0\\.0\\.1:${port} \\(0\\.\\d s\\): .* refuses`),
    );
    expect(err.endsWith('\r\x1b[K')).toBe(true);
    expect(err).not.toContain('\n');
  });

  it('it never takes more than the line', async () => {
    const port = await freePort();
    const { err } = await run([`127.0.0.1:${port}`, '-t', '300ms'], 44);
    const lines = err.split('\r\x1b[K').filter((one) => one !== '');
    expect(lines.length).toBeGreaterThan(0);
    for (const one of lines) expect(one.length).toBeLessThan(44);
  });
});

describe('at the deadline', () => {
  it('1, what was met, and why', async () => {
    const port = await freePort();
    const { code, out } = await run([`127.0.0.1:${port}`, '--timeout', '100ms']);
    expect(code).toBe(1);
    const [headline, blank, answer] = out.split('\n');
    expect(headline).toMatch(
      /^127\.0\.0\.1:\d+ did not answer within 0\.\d s: 127\.0\.0\.1:\d+ refuses \(ECONNREFUSED\)\.$/,
    );
    expect(blank).toBe('');
    expect(answer).toMatch(/127\.0\.0\.1/);
    expect(out).toMatch(/^listener +✗ nobody listens/m);
  });

  it('what answered in the place of what was waited for', async () => {
    const port = await freePort();
    await serveAfter(0, port);
    const { code, out } = await run([`127.0.0.1:${port}`, '--for', 'postgres', '-t', '900ms']);
    expect(code).toBe(1);
    expect(out).toMatch(/did not answer in postgres within 0\.9 s: HTTP\/1\.1 answers\.\n/);
    expect(out).toMatch(/speaks HTTP, and the client expects PostgreSQL/);
  });

  it('an application that says no', async () => {
    const port = await freePort();
    await serveAfter(0, port, 500);
    const { code, out } = await run([`http://127.0.0.1:${port}/`, '-t', '900ms']);
    expect(code).toBe(1);
    expect(out).toMatch(/did not answer in http within 0\.9 s: HTTP answers with 500\./);
    expect(out).toMatch(/answers 500: the way to it works, its own code fails/);
  });
});

describe('--json', () => {
  it('is the result, and nothing else', async () => {
    const port = await freePort();
    await serveAfter(0, port);
    const { code, out, err } = await run([`127.0.0.1:${port}`, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(waitResultSchema.parse(JSON.parse(out))).toMatchObject({
      answered: true,
      met: null,
      for: 'any',
      diagnosis: null,
    });
  });

  it('with the diagnosis at the deadline', async () => {
    const port = await freePort();
    const { code, out } = await run([`127.0.0.1:${port}`, '--json', '-t', '100ms']);
    expect(code).toBe(1);
    expect(waitResultSchema.parse(JSON.parse(out))).toMatchObject({
      answered: false,
      diagnosis: { symptom: { class: 'connection-refused' } },
    });
  });
});

describe('what can not be right is refused before anything is tried', () => {
  it.each([
    [['localhost:3000', '--for', 'reddis'], /^hint: did you mean redis\?$/m],
    [['localhost:3000', '--for', 'qqqqqq'], /^hint: one of tcp, adb, amqp, .*$/m],
    [['localhost:3000', '-t', '0'], /^homeport: -t can't be 0$/m],
    [['localhost:3000', '--timeout', '-5'], /^homeport: --timeout can't be negative: -5$/m],
    [['localhost:3000', '--timeout', 'soon'], /^homeport: --timeout is no duration: soon$/m],
    [['localhost:3000', '--timeout', '100000m'], /^homeport: --timeout can't be 100000m$/m],
    [['pid:1'], /^homeport: only an endpoint can be waited for$/m],
    [['udp:53'], /^homeport: UDP/m],
    [['localhost:0'], /^homeport: port 0 is nobody’s$/m],
    [['localhost'], /^homeport: /m],
    [[], /^homeport: wait needs an ENDPOINT$/m],
    [['a:1', 'b:2'], /^homeport: wait takes one /m],
  ])('%j', async (words, expected) => {
    const { code, out, err } = await run(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(expected);
    expect(err).toMatch(/^homeport: [^\n]+\n(?:hint: [^\n]+\n)?$/);
  });

  it('a hostile word stays inert', async () => {
    const { err } = await run(['localhost:3000', '--for', '\u001b[2J\u202e']);
    expect(err.replace(/\n/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
  });
});

test('Ctrl-C ends it at once, as the signal does, without a word', async () => {
  const asked = vi.fn();
  const server = createServer((_, response) => response.writeHead(503).end(asked()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const child = spawn(process.execPath, cliArguments('wait', `127.0.0.1:${portOf(server)}`), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    server.closeAllConnections();
    server.close();
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
  const closed = once(child, 'close');
  await vi.waitFor(() => expect(asked).toHaveBeenCalled(), 20_000);
  child.kill('SIGINT');
  // A shell shows 130 for it: 128 and the signal's number (bash(1), Exit status).
  expect(await closed).toEqual([null, 'SIGINT']);
  expect(text).toEqual({ out: '', err: '' });
});

test('a server of this process is found by any of its names', async () => {
  const server = createServer((_, response) => void response.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  for (const target of [
    `localhost:${portOf(server)}`,
    `:${portOf(server)}`,
    `0x7f.1:${portOf(server)}`,
  ]) {
    expect(await run([target, '-t', '5'])).toMatchObject({ code: 0 });
  }
});
