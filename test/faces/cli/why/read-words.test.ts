import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWords } from '../../../../src/faces/cli/why/read-words.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-words-'));
  writeFileSync(join(folder, 'app.log'), 'x');
  writeFileSync(join(folder, "ann's notes"), 'x');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a word', () => {
  it.each([
    'localhost:3000',
    '3000',
    '[::1]:80',
    'https://api.shop.localhost/x',
    'pid:42',
    'name:postgres',
    'postgres',
    'Shop',
    'unix:/run/x.sock',
    '/run/x.sock',
    '@abstract',
    'LOCALHOST:3000',
  ])('%s is a target', async (word) => {
    expect(await readWords([word])).toEqual({ kind: 'target', target: word });
  });

  it.each(['ECONNREFUSED', 'EADDRINUSE', 'net::ERR_CONNECTION_REFUSED', 'ERR_NAME_NOT_RESOLVED'])(
    '%s is a message',
    async (word) => {
      expect(await readWords([word])).toMatchObject({
        kind: 'message',
        text: word,
        source: 'the words given',
        notes: [],
      });
    },
  );

  it.each([
    ['localhost', /port/],
    ['127.0.0.1:99999', /port must be 1–65535/],
    ['256.1.1.1:80', /./],
    ['evil@127.0.0.1', /./],
  ])('%s is neither', async (word, reason) => {
    await expect(readWords([word])).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(reason),
    });
  });

  it('may hold white space behind a prefix', async () => {
    expect(await readWords(['unix:/run/my app.sock'])).toMatchObject({ kind: 'target' });
    expect(await readWords(['name:my app'])).toMatchObject({ kind: 'target' });
  });

  it('that names a file is sent to --file', async () => {
    const path = join(folder, 'app.log');
    await expect(readWords([path])).rejects.toMatchObject({
      code: 'invalid-input',
      hint: `homeport why --file ${path}`,
    });
  });

  it('that names no file is the socket that it says', async () => {
    const target = join(folder, 'app.sock');
    expect(await readWords([target])).toEqual({ kind: 'target', target });
  });
});

describe('several words', () => {
  it.each([
    [['connect ECONNREFUSED ::1:3000']],
    [['connect', 'ECONNREFUSED', '::1:3000']],
    [[' connect  ', 'ECONNREFUSED ::1:3000 ']],
  ])('%j are a message', async (words) => {
    const question = await readWords(words);
    expect(question).toMatchObject({ kind: 'message', source: 'the words given' });
    expect(JSON.stringify(question)).toMatch(/connect {1,4}ECONNREFUSED ::1:3000"/);
  });

  it.each([
    ["why can't I open localhost:3000 ?", 'localhost:3000'],
    ['page at http://127.0.0.1:8080/x is blank', '127.0.0.1:8080'],
    ['localhost 3000', 'localhost:3000'],
    ['::1 3000', '[::1]:3000'],
    ['port 3000', '3000'],
  ])('%s names a target', async (text, target) => {
    expect(await readWords(text.split(' '))).toEqual({ kind: 'target', target });
  });

  it.each(['it does not work', 'postgres 5432', '/bin/sh: 1: vite: not found'])(
    '%s is a message that tells nothing',
    async (text) => {
      expect(await readWords([text])).toMatchObject({ kind: 'message', text });
    },
  );

  it.each([
    [['localhost:18001', 'localhost:18002'], 'localhost:18001'],
    [['3000', '4000', '5000'], '3000'],
    [['a:1', 'b:2'], 'a:1'],
    [['pid:1', 'pid:2'], 'pid:1'],
  ])('%j are too many', async (words, first) => {
    await expect(readWords(words)).rejects.toMatchObject({
      code: 'invalid-input',
      message: `why takes one endpoint, not ${words.length}`,
      hint: `ask for each: homeport why ${first}`,
    });
  });

  it.each([[['']], [[' ', '\n']]])('%j say nothing', async (words) => {
    await expect(readWords(words)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
