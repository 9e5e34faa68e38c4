import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAcceptEvidence } from '../../src/host/linux/accept-evidence.ts';
import { blockingAccepts, parseAccept } from '../../src/host/linux/blocking-accept.ts';
import { parseEpollTargets } from '../../src/host/linux/epoll-watch.ts';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import type { AcceptEvidence } from '../../src/model/snapshot.ts';

describe('parseAccept', () => {
  it.each([
    ['43 0x3 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00\n', 'x64', 3],
    ['288 0x1f 0x0 0x0 0x80000 0x0 0x0 0x7ffd 0x7f00\n', 'x64', 31],
    ['202 0x5 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00\n', 'arm64', 5],
    ['242 0x5 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00\n', 'arm64', 5],
    ['202 0x5 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00\n', 'x64', null],
    ['232 0x4 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00\n', 'x64', null],
    ['running\n', 'x64', null],
    ['-1 0x7ffd 0x7f00\n', 'x64', null],
    ['43 0x3 0x0\n', 'mips', null],
    ['', 'x64', null],
  ])('%j on %s is %s', (text, architecture, expected) => {
    expect(parseAccept(text, architecture)).toBe(expected);
  });
});

describe('parseEpollTargets', () => {
  it('reads descriptors, and inodes where the kernel shows them', () => {
    const text = [
      'pos:\t0',
      'flags:\t02',
      'ino:\t1057',
      'tfd:       19 events: 80000019 data:               13  pos:0 ino:1f2a sdev:9',
      'tfd:        7 events:       1d data: ffffffffffffffff',
      '',
    ].join('\n');
    expect(parseEpollTargets(text)).toEqual([
      { fd: 19, inode: 0x1f2a },
      { fd: 7, inode: null },
    ]);
  });
});

describe('evidence that a process accepts', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'homeport-proc-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const find = (fds: readonly number[], epolls: readonly number[] = []): AcceptEvidence | null =>
    createAcceptEvidence(
      createFileReader(null),
      root,
      new Map([[9, epolls]]),
    )({ pid: 9, fds, accepting: null }, 0x4d);

  it('is a thread that blocks in accept on one of its descriptors', () => {
    write('9/task/9/syscall', 'running\n');
    write('9/task/12/syscall', `${acceptOf[process.arch]} 0x6 0x0\n`);
    expect(find([5, 6])).toEqual({ kind: 'accept', fd: 6 });
    expect(find([5])).toBeNull();
  });

  it('is an epoll set with the very socket in it', () => {
    write('9/fdinfo/4', 'tfd:        6 events:       19 data: 6  pos:0 ino:4d sdev:8\n');
    expect(find([6], [4])).toEqual({ kind: 'epoll', epollFd: 4, fd: 6 });
    write('9/fdinfo/4', 'tfd:        6 events:       19 data: 6  pos:0 ino:4e sdev:8\n');
    expect(find([6], [4])).toBeNull();
  });

  it('goes by the descriptor where the kernel shows no inodes', () => {
    write('9/fdinfo/4', 'tfd:        6 events:       19 data: 6\n');
    expect(find([6], [4])).toEqual({ kind: 'epoll', epollFd: 4, fd: 6 });
    expect(find([7], [4])).toBeNull();
  });

  it('is none where the process has ended or hides it', () => {
    expect(find([6], [4])).toBeNull();
  });

  it('looks at 64 threads and no more', () => {
    for (let task = 1; task <= 65; task += 1) write(`9/task/${task}/syscall`, `43 0x${task} 0x0\n`);
    expect(blockingAccepts(createFileReader(null), root, 9, 'x64')).toHaveLength(64);
  });
});

const acceptOf: Readonly<Partial<Record<string, number>>> = { x64: 43, arm64: 202, riscv64: 202 };
