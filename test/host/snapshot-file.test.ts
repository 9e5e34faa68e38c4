import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSnapshotFile } from '../../src/host/snapshot-file.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const snapshot = {
  version: 1,
  takenAt: '2026-11-21T14:03:12.120Z',
  machine: {
    platform: 'linux',
    kernel: '6.1',
    hostname: 'h',
    bootId: 'b',
    bootedAt: { unknown: 'denied' },
    ephemeralRange: { first: 32_768, last: 60_999 },
    reservedPorts: [],
    unprivilegedPortStart: 1024,
    uid: 0,
    namespace: 'net:[1]',
  },
  interfaces: [],
  backend: 'procfs',
  sockets: [],
  rawSockets: [],
  holders: {},
  unreadableProcesses: 0,
  processes: [],
  users: {},
  cgroups: {},
  containers: [],
  projects: {},
  problems: [],
};
const fileOf = (content: unknown): string => {
  const path = join(folder, 'snapshot.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

describe('a snapshot file', () => {
  it('is read as it was written', async () => {
    expect(await readSnapshotFile(fileOf(snapshot))).toEqual(snapshot);
  });

  it.each([
    ['', /is not JSON$/],
    ['{"version":1', /is not JSON$/],
    ['[]', /no object$/],
    ['null', /no object$/],
    ['{}', /no version$/],
    [{ ...snapshot, version: '1' }, /no version$/],
    [{ ...snapshot, version: 2 }, /of version 2, and this Homeport reads version 1$/],
    [{ ...snapshot, takenAt: 'yesterday' }, /takenAt is no date$/],
    [{ ...snapshot, sockets: {} }, /sockets is no list$/],
    [{ ...snapshot, processes: [1] }, /processes\[0\] is no object$/],
    [{ ...snapshot, holders: [] }, /holders is no object$/],
    [{ ...snapshot, machine: null }, /machine is no object$/],
    [{ ...snapshot, unreadableProcesses: null }, /unreadableProcesses is no number from 0$/],
  ])('%j is refused in one line', async (content, message) => {
    const reading = readSnapshotFile(fileOf(content));
    await expect(reading).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
    await expect(reading).rejects.toThrow(/^[^\n]+$/);
  });

  it('has to be there', async () => {
    const reading = readSnapshotFile(join(folder, 'none'));
    await expect(reading).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/ENOENT/),
    });
  });
});
