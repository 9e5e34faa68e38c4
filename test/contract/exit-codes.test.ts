import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { runLauncher } from '../support/run-launcher.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-exit-'));
  writeFileSync(join(folder, 'text.json'), 'hello');
  writeFileSync(join(folder, 'list.json'), '[]');
  writeFileSync(join(folder, 'future.json'), '{"version":2}');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('0: answered', () => {
  it('also where nobody listens', async () => {
    const { code, out, err } = await runLauncher([`127.0.0.1:${await freePort()}`]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/free|nobody|nothing/i);
  });

  it.each([
    [['ls']],
    [['ls', 'no-such-thing-here']],
    [['pid:4194304']],
    [['name:no-such-thing-here']],
    [['/nonexistent/socket']],
    [['--help']],
    [['help', 'explain']],
    [['--version']],
    [['ls', '--help']],
    [['completion', 'bash']],
    [['why', '--message-only', 'connect ECONNREFUSED 127.0.0.1:1']],
    [['why', '--help']],
    [['wait', '--help']],
    [['doctor', '--help']],
  ])('%j', async (words) => {
    const { code, out, err } = await runLauncher(words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).not.toBe('');
  });
});

describe('1: answered, and something is wrong', () => {
  it.each([
    [['why', '127.0.0.1:1']],
    [['why', 'connect ECONNREFUSED 127.0.0.1:1']],
    [['wait', '127.0.0.1:1', '--timeout', '100ms']],
  ])('%j', async (words) => {
    const { code, out, err } = await runLauncher(words);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).not.toBe('');
  });
});

describe('2: what was asked is not valid, told in one line and at most a hint', () => {
  it.each([
    [['127.0.0.1:99999']],
    [['127.0.0.1:-1']],
    [['999.1.1.1:80']],
    [['http://127.0.0.1:port/']],
    [['explain']],
    [['explain', '']],
    [['explain', '3000', '4000']],
    [['pid:zero']],
    [['ls', '--no-such-flag']],
    [['ls', '--interval', 'soon', '--watch']],
    [['ls', 'usr:root']],
    [['ls', '--snapshot', '/nonexistent/x.json']],
    [['ls', '--snapshot', '/']],
    [['ls', '--snapshot']],
    [['completion', 'tcsh']],
    [['why', '127.0.0.1:99999']],
    [['why', '--file', '/nonexistent/x.log']],
    [['why', '--file', '/']],
    [['why', '--last', 'ECONNREFUSED']],
    [['why', '/run/no-such.sock']],
    [['wait']],
    [['wait', 'localhost:3000', '--for', 'htpp']],
    [['wait', 'localhost:3000', '--timeout', 'soon']],
    [['wait', 'udp:53']],
    [['wait', 'pid:1']],
    [['doctor', 'localhost']],
  ])('%j', async (words) => {
    const { code, out, err } = await runLauncher(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^homeport: [^\n]+\n(hint: [^\n]+\n)?$/);
    const json = await runLauncher([...words, '--json']);
    expect({ code: json.code, out: json.out }).toEqual({ code: 2, out: '' });
  });

  it.each(['text.json', 'list.json', 'future.json'])('a snapshot file: %s', async (name) => {
    const { code, out, err } = await runLauncher(['ls', '--snapshot', join(folder, name)]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^homeport: [^\n]+\nhint: [^\n]+\n$/);
  });

  it('is JSON where JSON was asked for', async () => {
    const { code, out, err } = await runLauncher(['127.0.0.1:99999', '--json']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'invalid-input' } });
  });
});
