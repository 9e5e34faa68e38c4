import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAsker } from '../../src/host/linux/asker.ts';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { isRecord } from '../../src/host/shape.ts';
import { isRoot } from '../support/start-server.ts';

const read = createFileReader(null);
const real = kernelRoot({});
const source = join(import.meta.dirname, '../../src/host');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-asker-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const program = `
  if (process.env.LEAVE) { process.chdir(process.env.LEAVE); require('fs').rmdirSync(process.env.LEAVE); }
  import('${source}/open-host.ts').then(({ openHost }) =>
    console.log(JSON.stringify(openHost().asker())));`;

/** What a process of its own says of itself. */
const askApart = (
  env: Readonly<Record<string, string>>,
  before: readonly string[] = [],
): Readonly<Record<string, unknown>> => {
  const [command, ...words] = [...before, process.execPath, '-e', program];
  const told: unknown = JSON.parse(
    execFileSync(command, words, {
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
    }),
  );
  return isRecord(told) ? told : {};
};

describe('who asks', () => {
  it('is told with its folder and limits', () => {
    expect(askApart({})).toEqual({
      uid: process.getuid?.(),
      workingDirectory: '/',
      proxies: {},
      extraCaCerts: null,
      openFileLimit: expect.any(Number),
    });
    const limited = ['sh', '-c', 'ulimit -Sn 300; "$@"; exit', 'sh'];
    expect(askApart({}, limited)['openFileLimit']).toBe(300);
  });

  it('has no folder where that was removed', () => {
    const gone = mkdtempSync(join(folder, 'gone-'));
    expect(askApart({ LEAVE: gone })['workingDirectory']).toBeNull();
  });

  it('is told with the proxies as they are named, and without passwords', () => {
    const { proxies } = readAsker(real, read, {
      HTTP_PROXY: 'http://ann:secret@proxy:3128',
      http_proxy: '',
      all_proxy: 'socks5://proxy:1080',
      no_proxy: 'localhost,::1',
      Https_Proxy: 'http://ignored',
      FTP_PROXY: 'http://ann:secret@ftp',
    });
    expect(proxies).toEqual({
      HTTP_PROXY: 'http://***@proxy:3128',
      http_proxy: '',
      all_proxy: 'socks5://proxy:1080',
      no_proxy: 'localhost,::1',
    });
  });

  it('is told with NODE_EXTRA_CA_CERTS, and whether that can be read', () => {
    const path = join(folder, 'ca.pem');
    writeFileSync(path, '');
    const certsOf = (value?: string) =>
      readAsker(real, read, { NODE_EXTRA_CA_CERTS: value }).extraCaCerts;
    expect(certsOf()).toBeNull();
    expect(certsOf('')).toBeNull();
    expect(certsOf(path)).toEqual({ path, readable: true });
    expect(certsOf(`${path}x`)).toEqual({ path: `${path}x`, readable: false });
  });

  it.skipIf(!isRoot)('may be someone who can not read them (needs root)', () => {
    const path = join(folder, 'private.pem');
    writeFileSync(path, '', { mode: 0o600 });
    const env = { NODE_EXTRA_CA_CERTS: path };
    const someone = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
    expect(askApart(env, someone)).toMatchObject({
      uid: 65_534,
      extraCaCerts: { path, readable: false },
    });
    expect(askApart(env)).toMatchObject({ extraCaCerts: { path, readable: true } });
  });

  it('has an unknown limit where none is told', () => {
    expect(readAsker(real, () => 13, {}).openFileLimit).toEqual({ unknown: 'denied' });
    expect(readAsker(real, () => Buffer.from('Max cpu time  1\n'), {}).openFileLimit).toMatchObject(
      {
        unknown: 'unsupported',
      },
    );
  });
});
