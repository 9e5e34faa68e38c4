import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import {
  parseHostSources,
  parseResolvConf,
  readResolver,
} from '../../src/host/linux/resolver-files.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';

const fixture = kernelRoot({
  HOMEPORT_PROC: join(import.meta.dirname, '../fixtures/machine-basic/proc'),
});

describe('resolv.conf(5)', () => {
  it('tells the servers in order', () => {
    const text = [
      '# nameserver 10.0.0.1',
      '; nameserver 10.0.0.2',
      'nameserver 10.0.0.3',
      'nameserver\t2001:db8::1  # trailing',
      ' nameserver 10.0.0.4',
      'nameservers 10.0.0.5',
      'nameserver',
      'nameserver fe80::1%eth0\r',
      'options ndots:2',
    ].join('\n');
    expect(parseResolvConf(text)).toEqual({
      nameservers: ['10.0.0.3', '2001:db8::1', 'fe80::1%eth0'],
      search: [],
    });
  });

  it.each([
    ['search a.example b.example', ['a.example', 'b.example']],
    ['domain a.example', ['a.example']],
    ['search a.example\ndomain b.example', ['b.example']],
    ['domain b.example\nsearch a.example\tc.example\n', ['a.example', 'c.example']],
    ['search a.example\nsearch .', ['.']],
    ['', []],
  ])('tells the search list: %j', (text, search) => {
    expect(parseResolvConf(text).search).toEqual(search);
  });
});

describe('nsswitch.conf(5)', () => {
  it.each([
    ['hosts: files dns', ['files', 'dns']],
    [
      'hosts:\tfiles mdns4_minimal [NOTFOUND=return] dns myhostname # as installed',
      ['files', 'mdns4_minimal', 'dns', 'myhostname'],
    ],
    [
      'hosts:files[success=merge]resolve [!UNAVAIL=return TRYAGAIN=continue] dns',
      ['files', 'resolve', 'dns'],
    ],
    ['  hosts : dns files\r', ['dns', 'files']],
    ['passwd: files\n# hosts: nis\nhosts: files\nhosts: dns', ['dns']],
    ['#hosts: nis', ['files', 'dns']],
    ['hosts:', ['files', 'dns']],
    ['hosts: files [NOTFOUND', ['files']],
    ['', ['files', 'dns']],
  ])('%j', (text, sources) => {
    expect(parseHostSources(text)).toEqual(sources);
  });
});

describe('the resolver of a machine', () => {
  const read = createFileReader(null);

  it('is told by its two files', () => {
    expect(readResolver(fixture, read)).toEqual({
      nameservers: ['192.168.0.1', '2001:db8::53'],
      search: ['shop.example'],
      sources: ['files', 'mdns4_minimal', 'dns', 'myhostname'],
    });
  });

  it('without files is as libc has it', () => {
    expect(readResolver(fixture, () => 2)).toEqual({
      nameservers: [],
      search: [],
      sources: ['files', 'dns'],
    });
  });

  it.each(['/etc/resolv.conf', '/etc/nsswitch.conf'])('is unknown where %s is denied', (path) => {
    const refusing = (asked: string) => (asked.endsWith(path) ? 13 : Buffer.from(''));
    expect(readResolver(fixture, refusing)).toEqual({
      unknown: 'denied',
      why: `${path} can't be read`,
    });
  });
});
