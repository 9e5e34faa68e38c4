import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readTextFile } from '../../../../src/faces/cli/why/read-file.ts';
import { isRoot } from '../../../support/launcher.ts';
import { cliAsk } from '../support/ask.ts';

const failure = 'Error: connect ECONNREFUSED 127.0.0.1:3000\n';
const options = { readsFailure: (text: string) => text.includes('ECONNREFUSED') };

let folder = '';
const at = (name: string): string => join(folder, name);
const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'homeport-file-'))));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file', () => {
  it('is read as it is', async () => {
    const path = write('app.log', `one\n\u001b[31m${failure}`);
    expect(await readTextFile(path, options)).toMatchObject({
      text: `one\n\u001b[31m${failure}`,
      ended: true,
      notes: [],
    });
  });

  it('of any size gives its last megabyte, from a line on', async () => {
    const path = write('sparse.log', '');
    truncateSync(path, 3 * 2 ** 30);
    execFileSync('sh', ['-c', 'printf "\\n%s" "$2" >> "$1"', 'sh', path, failure]);
    const { text, notes } = await readTextFile(path, options);
    expect(text).toBe(failure);
    expect(notes).toEqual([`only the last 1 MB of ${path} was read`]);
  });

  it('without a size is read to its end', async () => {
    expect((await readTextFile('/proc/self/status', options)).text).toContain(`Pid:\t`);
    expect((await readTextFile(write('empty.log', ''), options)).text).toBe('');
  });

  it('may begin with the hole of a truncated log, and hold what is no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.alloc(20_000), Buffer.from([0xff]), Buffer.from(failure)]);
    expect((await readTextFile(write('hole.log', bytes), options)).text).toContain(
      `\ufffd${failure}`,
    );
  });
});

describe('what is no file of text', () => {
  it.each([
    ['missing', 'there is no file "missing"'],
    ['/proc/self/stat/x', 'there is no file "/proc/self/stat/x"'],
    ['/', '"/" is a directory'],
    ['/dev/null', '"/dev/null" is a device'],
    ['/dev/zero', '"/dev/zero" is a device'],
    ['a\u001b[31m\u202e', 'there is no file "a\\u001b[31m\\u{202e}"'],
    ['x'.repeat(300), `${JSON.stringify(`${'x'.repeat(60)}…`)} can't be read (ENAMETOOLONG)`],
  ])('%j is refused in one line', async (path, message) => {
    await expect(readTextFile(path, options)).rejects.toMatchObject({
      code: 'invalid-input',
      message,
    });
  });

  it('is a socket', async () => {
    const server = createServer().listen(at('x.sock'));
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    await expect(readTextFile(at('x.sock'), options)).rejects.toMatchObject({
      code: 'invalid-input',
      message: `${JSON.stringify(at('x.sock'))} is a socket`,
    });
  });

  it.each([
    ['binary', () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 0, 0, 1]), 'strings'],
    ['app.log.gz', () => gzipSync(failure.repeat(99)), 'zcat'],
  ])('is %s', async (name, content, reader) => {
    const path = write(name, content());
    await expect(readTextFile(path, options)).rejects.toMatchObject({
      code: 'invalid-input',
      message: `${JSON.stringify(path)} is no text`,
      hint: `${reader} ${path} | homeport why reads what is in it`,
    });
  });
});

describe.skipIf(!isRoot)('another user (skipped without root)', () => {
  it('may not read what is not theirs', async () => {
    mkdirSync(at('private'));
    const path = write('private/app.log', failure);
    chmodSync(path, 0o600);
    chmodSync(folder, 0o755);
    const { answer } = await cliAsk({ flags: { file: path }, uid: 65_534 });
    expect(answer).toMatchObject({
      error: { code: 'not-permitted', hint: `sudo cat ${path} | homeport why` },
    });
  });
});

describe('a FIFO', () => {
  const fifo = (name: string): string => {
    execFileSync('mkfifo', [at(name)]);
    return at(name);
  };

  it('is read to its end', async () => {
    const path = fifo('ended');
    const writer = spawn('sh', ['-c', 'printf "%s" "$2" > "$1"', 'sh', path, failure]);
    onTestFinished(() => void writer.kill());
    expect(await readTextFile(path, options)).toMatchObject({ text: failure, ended: true });
  });

  it('is told while its writer goes on, and drained', async () => {
    const path = fifo('open');
    const script = 'exec > "$1"; printf "%s" "$2"; read more; yes | head -c 300000; echo done >&2';
    const writer = spawn('sh', ['-c', script, 'sh', path, failure], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    onTestFinished(() => void writer.kill());
    const { text, ended, drain } = await readTextFile(path, options);
    expect([text, ended]).toEqual([failure, false]);
    const drained = drain();
    writer.stdin.end('\n');
    const [said] = await once(writer.stderr, 'data');
    expect(String(said)).toBe('done\n');
    await drained;
  });
});
