import { expect, test } from 'vitest';
import { fileWatchesRoom } from '../../../src/diagnose/checks/machine/file-watches-room.ts';
import { diagnoseMachine } from '../../../src/diagnose/diagnose.ts';
import type { FailureMessage } from '../../../src/model/failure.ts';
import { unknown } from '../../../src/model/known.ts';
import type { FileWatches } from '../../../src/model/network.ts';
import { machineFacts, soundWatches, type Told } from '../../support/diagnosis-facts.ts';
import { commandsOf, findingsOf, outcome } from './machine-outcome.ts';

const told = (watches: Partial<FileWatches>, text: string | null = null): Told => ({
  facts: {
    fileWatches: { ...soundWatches, ...watches },
    ...(text === null ? {} : { message: message(text) }),
  },
});

const message = (text: string): FailureMessage => ({
  class: 'too-many-files',
  endpoints: [],
  role: 'unknown',
  ecosystem: 'node',
  line: 1,
  text,
  notes: [],
});

const using = (instances: number, watches = 40, uid = 1000) => ({
  users: [{ uid, instances, watches }],
});

test.each([
  [{}, 'pass: uid 1000 has 3 of 128 inotify instances, with 40 of 65536 watches'],
  [{ users: [] }, 'pass: nobody watches files; each user may have 128 inotify instances'],
  [
    using(128),
    'fail: uid 1000 has 128 of 128 inotify instances in use: no program of theirs can watch files',
  ],
  [
    using(116),
    'fail: uid 1000 has 116 of 128 inotify instances in use: soon no program of theirs can watch files',
  ],
  [using(115), 'pass: uid 1000 has 115 of 128 inotify instances, with 40 of 65536 watches'],
  [
    using(3, 65_536),
    'fail: uid 1000 has 65536 of 65536 inotify watches in use: no program of theirs can watch files',
  ],
  [
    { hiddenProcesses: 2 },
    'unknown: uid 1000 has 3 of 128 inotify instances, with 40 of 65536 watches; 2 processes could not be looked into',
  ],
  [
    { users: [], hiddenProcesses: 2 },
    'unknown: no process that may be seen watches files; each user may have 128 inotify instances; 2 processes could not be looked into',
  ],
  [{ watchLimit: unknown('denied') }, 'unknown: how many files may be watched could not be read'],
])('%j', (watches, expected) => {
  expect(outcome(fileWatchesRoom, told(watches))).toBe(expected);
});

test('what nobody asked for is not judged', () => {
  const { fileWatches: _, ...facts } = machineFacts();
  expect(fileWatchesRoom.judge(facts).result).toBe('not-applicable');
  const unread = unknown('unsupported', 'a snapshot does not tell who watches files');
  expect(outcome(fileWatchesRoom, { facts: { fileWatches: unread } })).toBe(
    'unknown: who watches files could not be read: a snapshot does not tell who watches files',
  );
});

const watch = "EMFILE: too many open files, watch '/app'";
const enospc = "ENOSPC: System limit for number of file watchers reached, watch '/app'";
const accept = 'Error: accept EMFILE';

test('a message about watching is answered by the limits, and how to raise them', () => {
  expect(outcome(fileWatchesRoom, told({}, watch))).toBe(
    'fail: the message is about watching files: a user may have 128 inotify instances, and that was not enough',
  );
  expect(commandsOf(fileWatchesRoom, told({}, watch))).toEqual([
    'sudo sysctl -w fs.inotify.max_user_instances=512',
  ]);
  expect(commandsOf(fileWatchesRoom, told({}, enospc))).toEqual([
    'sudo sysctl -w fs.inotify.max_user_watches=524288',
  ]);
  expect(commandsOf(fileWatchesRoom, told({ watchLimit: 400_000 }, enospc))).toEqual([
    'sudo sysctl -w fs.inotify.max_user_watches=800000',
  ]);
  expect(outcome(fileWatchesRoom, told({}, accept))).toMatch(/^pass: /);
});

test('what cannot be read of the limits is left out', () => {
  const unread = { instanceLimit: unknown('denied'), watchLimit: unknown('denied') } as const;
  expect(findingsOf(fileWatchesRoom, told(unread, watch))[0]).toMatchObject({ actions: [] });
});

const explained = (watches: Partial<FileWatches>, text: string) =>
  diagnoseMachine(machineFacts(told(watches, text)), {
    class: 'too-many-files',
    role: 'unknown',
    from: 'message',
  });

test('it explains what the same user met in watching, and nothing else', () => {
  expect(explained(using(128), watch).verdict).toBe('explained');
  expect(explained(using(128, 40, 1001), watch)).toMatchObject({
    verdict: 'unexplained',
    causes: [{ id: 'file-watches-room', explains: false }],
  });
  expect(explained(using(128), accept)).toMatchObject({ verdict: 'unexplained', causes: [] });
});
