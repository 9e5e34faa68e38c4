import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readMessage } from '../../../../src/diagnose/messages/read-message.ts';
import { readQuestion } from '../../../../src/faces/cli/why/read-question.ts';
import { unknown } from '../../../../src/model/known.ts';
import { askArguments, cliAsk, startAsk } from '../support/ask.ts';
import { memoryInput, memoryIo } from '../support/memory-io.ts';

const failure = 'Error: connect ECONNREFUSED 127.0.0.1:3000';
const invocation = (
  positionals: readonly string[],
  flags: Readonly<Record<string, true | string>> = {},
) => ({ verb: 'why', typed: true, positionals, flags: new Map(Object.entries(flags)) });

/** A terminal on both sides: nothing may be read of it. */
const terminal = memoryIo({ columns: 80, rows: 24 });
const piped = (...pieces: (string | Uint8Array)[]) => memoryIo(null, {}, memoryInput(pieces));

let folder = '';
let log = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-question-'));
  log = join(folder, 'app.log');
  writeFileSync(log, failure);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the question', () => {
  it('is the words, whatever standard input is', async () => {
    const io = piped('connect ETIMEDOUT');
    expect(await readQuestion(invocation(['localhost:3000']), io)).toEqual({
      kind: 'target',
      target: 'localhost:3000',
    });
  });

  it.each([
    [[], {}],
    [['-'], {}],
    [[], { file: '-' }],
    [[], { file: '/dev/stdin' }],
  ])('is standard input: %j %j', async (words, flags) => {
    expect(await readQuestion(invocation(words, flags), piped('a\n', failure))).toMatchObject({
      kind: 'message',
      text: `a\n${failure}`,
      source: 'standard input',
      notes: [],
    });
  });

  it('is the endpoint that is all of standard input; another word is a message', async () => {
    expect(await readQuestion(invocation([]), piped('localhost:3000\n'))).toEqual({
      kind: 'target',
      target: 'localhost:3000',
    });
    for (const text of ['done\n', 'ECONNREFUSED', 'localhost:3000 is down']) {
      expect(await readQuestion(invocation([]), piped(text))).toMatchObject({ text });
    }
  });

  it('is a file', async () => {
    expect(await readQuestion(invocation([], { file: log }), terminal)).toMatchObject({
      kind: 'message',
      text: failure,
      source: log,
    });
  });

  it('is the newest failure of a long log', async () => {
    const lines = ['connect ETIMEDOUT 10.0.0.1:80', ...Array(500).fill('GET / 200'), failure];
    const question = await readQuestion(invocation([]), piped(lines.join('\n')));
    if (question.kind !== 'message') throw new Error('no message');
    expect(readMessage(question.text)).toMatchObject({ class: 'connection-refused', line: 502 });
    expect(question.notes).toEqual([
      'the newest failure counts: 382 lines before it were left out',
    ]);
  });

  it('is the newest failure of the terminal', async () => {
    const text = `$ node a\nError: listen EADDRINUSE :::80\n$ curl b\n${failure}\n$ homeport why --last\n`;
    const terminalText = async () => ({ source: 'tmux pane %3', text });
    const question = await readQuestion(invocation([], { last: true }), terminal, { terminalText });
    expect(question).toMatchObject({
      kind: 'message',
      text: `$ curl b\n${failure}`,
      source: 'tmux pane %3',
      notes: [],
    });
  });
});

describe('the file of script', () => {
  const notesOf = async (source: string, text: string) => {
    const terminalText = async () => ({ source, text });
    return readQuestion(invocation([], { last: true }), terminal, { terminalText });
  };

  it('lacks the newest lines where it lacks our own command', async () => {
    expect(await notesOf('typescript', failure)).toMatchObject({
      notes: ['typescript may lack what was shown last: script writes at once with -f'],
    });
    expect(await notesOf('typescript', '$ homeport why --last')).toMatchObject({ notes: [] });
    expect(await notesOf('tmux pane %3', failure)).toMatchObject({ notes: [] });
  });
});

describe('what can be no question', () => {
  it.each([
    [['3000'], { last: true as const }],
    [['3000'], { file: 'app.log' }],
    [[], { file: 'app.log', last: true as const }],
  ])('several at once: %j %j', async (words, flags) => {
    await expect(readQuestion(invocation(words, flags), terminal)).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'words, --file and --last exclude one another',
    });
  });

  it.each([
    [[], {}],
    [['-'], {}],
    [[], { file: '/dev/stdin' }],
  ])('a terminal as standard input: %j %j', async (words, flags) => {
    await expect(readQuestion(invocation(words, flags), terminal)).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('npm run dev 2>&1 | homeport why'),
    });
  });

  it('standard input that is the snapshot', async () => {
    const asked = invocation([], { snapshot: '-' });
    await expect(readQuestion(asked, piped('{}'))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it.each([[[]], [['\n \n']]])('an empty standard input: %j', async (pieces) => {
    await expect(readQuestion(invocation([]), piped(...pieces))).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'standard input is empty',
    });
  });

  it.each([
    [unknown('unsupported', 'there is no tmux pane here'), 'invalid-input'],
    [unknown('denied', 'the file of script can’t be read'), 'not-permitted'],
  ])('a terminal that tells nothing: %j', async (shown, code) => {
    const asked = readQuestion(invocation([], { last: true }), terminal, {
      terminalText: async () => shown,
    });
    await expect(asked).rejects.toMatchObject({
      code,
      message: shown.why,
      hint: expect.stringContaining('2>&1 | homeport why'),
    });
  });
});

describe('a person who waits', () => {
  const waits = async (io: ReturnType<typeof memoryIo>) => {
    const clock = { now: () => 0, sleep: async () => {} };
    await readQuestion(invocation([]), { ...io, input: slowInput }, { clock });
    return io.written.err;
  };
  const slowInput = {
    isTerminal: () => false,
    read: async function* () {
      await new Promise((resolve) => setImmediate(resolve));
      yield Buffer.from(failure);
    },
  };

  it('is told so once; a program is not', async () => {
    expect(await waits(memoryIo({ columns: 80, rows: 24 }))).toMatch(/^homeport: no failure .*\n$/);
    expect(await waits(memoryIo())).toBe('');
  });
});

describe('a real standard input', () => {
  it('is a pipe that ends', async () => {
    const { answer, code } = await cliAsk({}, `one\n${failure}\n`);
    expect(code).toBe(0);
    expect(answer).toMatchObject({ kind: 'message', text: `one\n${failure}\n`, notes: [] });
  });

  it('is a file, or nothing', () => {
    for (const [path, expected] of [
      [log, { kind: 'message', text: failure }],
      ['/dev/null', { error: { message: 'standard input is empty' } }],
      [folder, { error: { code: 'invalid-input' } }],
    ] as const) {
      const stdio = [openSync(path, 'r'), 'pipe', 'inherit'] as const;
      const { stdout } = spawnSync(process.execPath, askArguments({}), { stdio: [...stdio] });
      expect(JSON.parse(String(stdout))).toMatchObject(expected);
    }
  });

  it('is a terminal, of which nothing is read', () => {
    const words = [process.execPath, ...askArguments({})].map((word) => `'${word}'`).join(' ');
    const { stdout } = spawnSync('script', ['-qec', words, '/dev/null'], { encoding: 'utf8' });
    expect(stdout).toContain('there is nothing to explain');
  });

  it('goes on: it is answered at once, and its writer is not ended', async () => {
    const writer = spawn('sh', [
      '-c',
      `echo "${failure}"; read go; yes | head -c 1000000; echo done >&2`,
    ]);
    const asked = startAsk({});
    onTestFinished(() => void writer.kill());
    onTestFinished(() => void asked.kill());
    writer.stdout.pipe(asked.stdin);
    const [answer] = await once(asked.stdout, 'data');
    expect(JSON.parse(String(answer))).toMatchObject({
      text: `${failure}\n`,
      notes: ['standard input goes on: this is what had come until now'],
    });
    expect(writer.exitCode).toBeNull();
    const said = once(writer.stderr, 'data');
    const ended = once(asked, 'close');
    writer.stdin.end('\n');
    expect(String((await said)[0])).toBe('done\n');
    expect(await ended).toEqual([0, null]);
  });

  it('never pauses, and is answered all the same', { timeout: 60_000 }, async () => {
    const words = askArguments({}).map((word) => `'${word}'`);
    const line = `yes '${failure}' | '${process.execPath}' ${words.join(' ')}`;
    const flood = spawn('sh', ['-c', line], { detached: true });
    const { pid = 0 } = flood;
    onTestFinished(() => void process.kill(-pid, 'SIGKILL'));
    const [answer] = await once(flood.stdout.setEncoding('utf8'), 'data');
    expect(String(answer)).toContain('standard input goes on: this is what had come until now');
    expect(String(answer).slice(0, 200)).toContain(`"kind":"message"`);
  });

  it('may be hostile', async () => {
    const line = Buffer.concat([
      Buffer.alloc(2 ** 20, 'x'),
      Buffer.from([0x0a, 0, 0xff, 0xfe, 0x1b, 0x5b, 0x33, 0x31, 0x6d]),
      Buffer.from(`\u202e${failure}\u001b[0m $(touch /tmp/no) \`id\`\n`),
    ]);
    const { answer, code, err } = await cliAsk({}, line);
    expect([code, err]).toEqual([0, '']);
    const { text } = answer as { readonly text: string };
    expect(readMessage(text)).toMatchObject({
      class: 'connection-refused',
      endpoints: [{ host: '127.0.0.1', port: 3000 }],
    });
  });
});
