import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { main } from '../../../src/faces/cli/main.ts';
import {
  diagnosisSchema,
  failureMessageSchema,
  healthSchema,
} from '../../../src/operations/schemas/diagnosis.schema.ts';
import { freePort } from '../../support/free-port.ts';
import { portOf } from '../../support/open-sockets.ts';
import { memoryInput, memoryIo } from './support/memory-io.ts';

const run = async (words: readonly string[], input: string | null = null) => {
  const io = memoryIo(null, { HOME: '/root' }, memoryInput(input === null ? null : [input]));
  const code = await main(words, io);
  return { code, ...io.written };
};

const activeText = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]/;

/** A web server that says `body` with `status`. */
const serve = async (body = 'hello', status = 200): Promise<number> => {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return portOf(server);
};

describe('exit codes of why', () => {
  it('0 where it works', async () => {
    const { code, out, err } = await run(['why', `127.0.0.1:${await serve()}`]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^127\.0\.0\.1:\d+ works: /);
  });

  it('0 where a text tells of nothing', async () => {
    const { code, out } = await run(['why', 'Server', 'is', 'ready']);
    expect(code).toBe(0);
    expect(out).toMatch(/^The text tells of no connection or bind that failed\./);
  });

  it('1 where something fails', async () => {
    const { code, out } = await run(['why', `127.0.0.1:${await freePort()}`]);
    expect(code).toBe(1);
    expect(out).toMatch(/^listener +✗ nobody listens/m);
  });

  it('1 for a message on standard input', async () => {
    const message = `Error: connect ECONNREFUSED 127.0.0.1:${await freePort()}\n`;
    const { code, out } = await run(['why'], message);
    expect(code).toBe(1);
    expect(out).toMatch(/^read +Error: connect ECONNREFUSED/m);
  });

  it.each([
    [['why', '127.0.0.1:99999']],
    [['why', '[fe80::1%nope]:80']],
    [['why', 'pid:4194304']],
    [['why', 'unix:/run/x.sock']],
    [['why', '--file', '/nonexistent/app.log']],
  ])('2 for %j, in one line and a hint', async (words) => {
    const { code, out, err } = await run(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^homeport: [^\n]+\n(?:hint: [^\n]+\n)?$/);
  });
});

describe('--json', () => {
  it('of why is the diagnosis', async () => {
    const { code, out, err } = await run(['why', `127.0.0.1:${await freePort()}`, '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(diagnosisSchema.parse(JSON.parse(out))).toMatchObject({ verdict: 'explained' });
  });

  it('of why --message-only is what was read, and nothing is looked at', async () => {
    const words = ['why', '--message-only', '--json', 'connect ECONNREFUSED ::1:3000'];
    const { code, out } = await run(words);
    expect(code).toBe(0);
    expect(failureMessageSchema.parse(JSON.parse(out))).toMatchObject({
      class: 'connection-refused',
      endpoints: [{ host: '::1', port: 3000 }],
      role: 'client',
      ecosystem: 'node',
      line: 1,
    });
  });

  it('of doctor is the health', async () => {
    const { code, out, err } = await run(['doctor', '--json']);
    const health = healthSchema.parse(JSON.parse(out));
    expect({ code, err }).toEqual({ code: health.sound ? 0 : 1, err: '' });
  });
});

test('doctor says on the first line whether the machine is sound, and ends so', async () => {
  const { code, out } = await run(['doctor']);
  const isSound = out.startsWith('The loopback stack of this machine is sound');
  expect(code).toBe(isSound ? 0 : 1);
});

test('--no-probe asks nobody', async () => {
  const asked: unknown[] = [];
  const server = createServer().on('connection', (socket) => asked.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { code, out } = await run(['why', `127.0.0.1:${portOf(server)}`, '--no-probe']);
  expect(code).toBe(0);
  expect(out).toMatch(/^nothing speaks against .* listens, and was not asked: not asked to\./i);
  expect(asked).toEqual([]);
});

test('a snapshot is judged in the place of this machine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-why-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'machine.json');
  writeFileSync(file, (await run(['snapshot'])).out);
  const port = await serve();
  // It listens only since the snapshot was taken.
  const { code, out } = await run(['why', `127.0.0.1:${port}`, '--snapshot', file]);
  expect(code).toBe(1);
  expect(out).toMatch(/^listener +✗ nobody listens/m);
  expect((await run(['doctor', '--snapshot', file])).out).toMatch(/✓ lo is up/);
});

describe('hostile text stays inert in every form', () => {
  const forms = (port: number) => [
    ['why', `http://127.0.0.1:${port}/`],
    ['why', `http://127.0.0.1:${port}/`, '--verbose'],
    ['why', `http://127.0.0.1:${port}/`, '--json'],
  ];

  it('of an HTTP server', async () => {
    const evil = 'Bad Gateway \u001b]0;pwned\u0007\u001b[2J\u202e\n<hr>nginx\u2028';
    const port = await serve(evil, 502);
    for (const words of forms(port)) {
      const { code, out } = await run(words);
      expect(code).toBe(1);
      expect(out).not.toMatch(activeText);
      expect(out).toContain('502');
    }
  });

  it('of a process that names itself', async () => {
    const script = `process.title = 'a) S 1 \\n\\x1b]0;pw\\x07\\u202e';
      require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) });`;
    const child = spawn(process.execPath, ['--eval', script, '\x1b[2J\u202e'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    try {
      const [chunk] = await once(child.stdout, 'data');
      for (const words of forms(Number(String(chunk)))) {
        const { out } = await run(words);
        expect(out).toContain(String(child.pid));
        expect(out).not.toMatch(activeText);
      }
    } finally {
      child.kill();
      await closed;
    }
  });

  it('of a message', async () => {
    const message = '\u001b[2Jconnect ECONNREFUSED 127.0.0.1:1 \u202e\u0007\u2028 \u009b1m';
    for (const words of [
      ['why', '--no-probe'],
      ['why', '--no-probe', '--json'],
      ['why', '--message-only'],
    ]) {
      const { out } = await run(words, message);
      expect(out).toContain('ECONNREFUSED');
      expect(out).not.toMatch(activeText);
    }
  });
});
