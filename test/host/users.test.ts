import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { linuxHost } from '../../src/host/linux/linux-host.ts';
import { peoplesHomes } from '../../src/host/linux/users.ts';
import type { KernelRoot } from '../../src/host/linux/root.ts';

let files = '';
let root: KernelRoot;
beforeEach(() => {
  files = mkdtempSync(join(tmpdir(), 'homeport-users-'));
  mkdirSync(join(files, 'proc'));
  mkdirSync(join(files, 'etc'));
  writeFileSync(
    join(files, 'etc/passwd'),
    `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
shop:x:500:500::/opt/shop:/bin/false
bo:x:1001:1001:Bo,,,:/srv/people/bo/:/usr/bin/zsh
old:x:1002:1002::/export/old:
broken:x:1003
`,
  );
  root = { proc: join(files, 'proc'), files, isReal: false };
});
afterEach(() => rmSync(files, { recursive: true }));

describe('people’s homes', () => {
  it('are those of the accounts that one can log in with', () => {
    expect([...peoplesHomes(root, createFileReader(null), undefined)]).toEqual([
      '/root',
      '/srv/people/bo',
      '/export/old',
    ]);
  });

  it('include that of who asks, where it is a path', () => {
    expect(peoplesHomes(root, createFileReader(null), '/mnt/me')).toContain('/mnt/me');
    expect(peoplesHomes(root, createFileReader(null), 'me')).not.toContain('me');
    expect(peoplesHomes(root, createFileReader(null), '')).not.toContain('');
  });

  it('are no project of what runs below, and a service’s home is', () => {
    for (const home of ['srv/people/bo', 'opt/shop']) {
      mkdirSync(join(files, home, 'notes'), { recursive: true });
      writeFileSync(join(files, home, 'package.json'), '{"name":"x"}');
    }
    const host = linuxHost(root);
    expect(host.project('/srv/people/bo/notes')).toBeNull();
    expect(host.project('/opt/shop/notes')).toMatchObject({ root: '/opt/shop' });
  });
});
