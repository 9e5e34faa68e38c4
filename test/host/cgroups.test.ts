import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCgroupPaths } from '../../src/host/linux/cgroups.ts';

const service = '/system.slice/nginx.service';
let folder = '';
const rootOf = (name: string) => ({
  proc: join(folder, name, 'proc'),
  files: join(folder, name),
  isReal: false,
});
const idOf = (path: string): string => String(statSync(path, { bigint: true }).ino);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cgroups-'));
  mkdirSync(join(folder, `pure/sys/fs/cgroup${service}`), { recursive: true });
  writeFileSync(join(folder, 'pure/sys/fs/cgroup/cgroup.controllers'), 'cpu\n');
  mkdirSync(join(folder, `hybrid/sys/fs/cgroup/unified${service}`), { recursive: true });
  mkdirSync(join(folder, 'none'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('cgroup ids', () => {
  it.each([
    ['pure', 'sys/fs/cgroup'],
    ['hybrid', 'sys/fs/cgroup/unified'],
  ])('are found in a %s hierarchy', (name, top) => {
    const [root, found] = [rootOf(name), join(folder, name, top)];
    const ids = [idOf(found), idOf(found + service)];
    expect([...findCgroupPaths(root, new Set(ids))]).toEqual([
      [ids[0], '/'],
      [ids[1], service],
    ]);
  });

  it('that are none stay out of the answer', () => {
    const id = idOf(join(folder, 'pure/sys/fs/cgroup', service));
    expect([...findCgroupPaths(rootOf('pure'), new Set([id, '1'])).keys()]).toEqual([id]);
    expect(findCgroupPaths(rootOf('none'), new Set(['1'])).size).toBe(0);
  });

  it('cost nothing where none is asked', () => {
    expect(findCgroupPaths(rootOf('none'), new Set()).size).toBe(0);
  });
});
