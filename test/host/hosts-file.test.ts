import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { parseHosts, readHostsFile } from '../../src/host/linux/hosts-file.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import type { HostsEntry } from '../../src/model/network.ts';
import { isRoot } from '../support/start-server.ts';

/** Every form that glibc was seen to take or to pass over. */
const strange = [
  '127.0.0.1\tlocalhost',
  '  127.0.0.2   indented   Second.Example\tthird  # 127.0.0.3 no.example',
  '#127.0.0.3 commented',
  '127.0.0.4#nothing',
  '127.0.0.5 cut#off',
  '127.0.0.6 crlf.example\r',
  '\r',
  '127.0.0.7',
  'localhost 127.0.0.8',
  '127.0.0 short',
  '127.0.0.256 large',
  '127.0.0.009 padded',
  '0x7f.1 hex',
  '::1 localhost ip6-localhost',
  'FE80::A upper6.example',
  'fe80::1%lo zoned.example',
  '::ffff:10.0.0.1 mapped.example',
  '10.0.0.2 form\ffeed vertical\vtab',
  '10.0.0.3 twice twice',
  '10.0.0.4 last.without.feed',
].join('\n');

const linesOf = (entries: readonly HostsEntry[]): readonly number[] =>
  entries.map(({ line }) => line);

describe('a hosts file', () => {
  it('is read as hosts(5) says', () => {
    expect(parseHosts(strange)).toEqual([
      { line: 1, address: '127.0.0.1', names: ['localhost'] },
      { line: 2, address: '127.0.0.2', names: ['indented', 'second.example', 'third'] },
      { line: 5, address: '127.0.0.5', names: ['cut'] },
      { line: 6, address: '127.0.0.6', names: ['crlf.example'] },
      { line: 14, address: '::1', names: ['localhost', 'ip6-localhost'] },
      { line: 15, address: 'FE80::A', names: ['upper6.example'] },
      { line: 17, address: '::ffff:10.0.0.1', names: ['mapped.example'] },
      { line: 18, address: '10.0.0.2', names: ['form', 'feed', 'vertical', 'tab'] },
      { line: 19, address: '10.0.0.3', names: ['twice', 'twice'] },
      { line: 20, address: '10.0.0.4', names: ['last.without.feed'] },
    ]);
  });

  it('may be empty, and long', () => {
    expect(parseHosts('')).toEqual([]);
    expect(parseHosts('\n\n \n')).toEqual([]);
    const many = Array.from({ length: 5000 }, (_, at) => `0.0.0.0 ads${at}.example`).join('\n');
    expect(linesOf(parseHosts(many)).at(-1)).toBe(5000);
  });
});

describe('reading it', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-hosts-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = createFileReader(null);
  const fixture = kernelRoot({
    HOMEPORT_PROC: join(import.meta.dirname, '../fixtures/machine-basic/proc'),
  });

  it("is read beside the machine's /proc, and named as people call it", () => {
    expect(readHostsFile(fixture, read)).toEqual({
      path: '/etc/hosts',
      entries: [
        { line: 1, address: '127.0.0.1', names: ['localhost'] },
        { line: 2, address: '127.0.1.1', names: ['shop.example', 'shop'] },
        { line: 5, address: '::1', names: ['localhost', 'ip6-localhost', 'ip6-loopback'] },
        { line: 6, address: 'ff02::1', names: ['ip6-allnodes'] },
        { line: 8, address: '127.0.0.1', names: ['api.shop.example'] },
      ],
    });
  });

  it('that is not there has no entries; one that may not be read is unknown', () => {
    expect(readHostsFile(fixture, () => 2)).toEqual({ path: '/etc/hosts', entries: [] });
    expect(readHostsFile(fixture, () => 13)).toEqual({ unknown: 'denied' });
    expect(readHostsFile(fixture, () => 5)).toEqual({ unknown: 'unsupported' });
  });

  it.skipIf(!isRoot)('agrees with glibc about each line (needs root)', () => {
    const file = join(folder, 'hosts');
    writeFileSync(file, strange);
    const getent = (words: string): readonly string[] => {
      const script = `mount --bind "$1" /etc/hosts && exec getent -s files ${words}`;
      const unshared = ['-m', 'sh', '-c', script, 'sh', file];
      return execFileSync('unshare', unshared, { encoding: 'utf8' }).split('\n');
    };
    // The listing shows addresses as IPv4, lines that name nothing too, and no other IPv6 ones.
    const listed = getent('hosts')
      .map((line) =>
        line
          .toLowerCase()
          .split(/[ \t\v\f]+/)
          .slice(1),
      )
      .filter(([name]) => name !== undefined && name !== '');
    const ours = parseHosts(strange).filter(({ address }) => !address.startsWith('FE80'));
    expect(ours.map(({ names }) => names)).toEqual(listed);
    expect(getent('ahostsv6 upper6.example')[0]).toMatch(/^fe80::a /);
    expect(() => getent('ahostsv6 zoned.example')).toThrow('Command failed');
  });
});
