import { isKnown, knownOr } from '../../../model/known.ts';
import type { FileWatches, InotifyUse, Use } from '../../../model/network.ts';
import { byRoot } from '../../as-root.ts';
import { couldNotCheck, failed, type Found, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown } from '../../judge-known.ts';
import { percent, share } from '../../share.ts';

const nearlyUsedUp = 0.9;

/**
 * inotify(7): a user has so many instances and watches, whatever the programs; then watching files
 * fails with EMFILE or ENOSPC, which reads as if files or disk space were short.
 */
export const fileWatchesRoom: Check<MachineFacts> = {
  id: 'file-watches-room',
  title: 'programs may watch more files',
  stage: null,
  explains: ['too-many-files'],
  judge: (facts) => {
    const { fileWatches } = facts;
    if (fileWatches === undefined) return notApplicable;
    return judgeKnown(fileWatches, 'who watches files', (watches) => judgeWatches(watches, facts));
  },
};

const judgeWatches = (watches: FileWatches, facts: MachineFacts) => {
  const { instanceLimit, watchLimit, users, hiddenProcesses } = watches;
  const full = users.flatMap((user) => usesOf(user, watches).filter(isNearlyUsedUp));
  if (full.length > 0) return failed(...full.map((one) => usedUp(one, facts)));
  if (isAboutWatching(facts)) return failed(limits(watches, facts));
  if (!isKnown(instanceLimit) || !isKnown(watchLimit)) {
    return couldNotCheck('how many files may be watched could not be read');
  }
  const [most] = users;
  const used =
    most === undefined
      ? `${hiddenProcesses === 0 ? 'nobody' : 'no process that may be seen'} watches files; each user may have ${instanceLimit} inotify instances`
      : `${userText(most.uid, facts)} has ${most.instances} of ${instanceLimit} inotify instances, with ${most.watches} of ${watchLimit} watches`;
  return hiddenProcesses === 0
    ? pass(used)
    : couldNotCheck(`${used}; ${hiddenProcesses} processes could not be looked into`);
};

type Kind = 'instances' | 'watches';
type UserUse = { readonly uid: number; readonly kind: Kind; readonly use: Use };

const usesOf = (
  { uid, instances, watches }: InotifyUse,
  { instanceLimit, watchLimit }: FileWatches,
): readonly UserUse[] => [
  ...(isKnown(instanceLimit)
    ? [{ uid, kind: 'instances' as const, use: { used: instances, limit: instanceLimit } }]
    : []),
  ...(isKnown(watchLimit)
    ? [{ uid, kind: 'watches' as const, use: { used: watches, limit: watchLimit } }]
    : []),
];

const isNearlyUsedUp = ({ use }: UserUse): boolean => share(use) >= nearlyUsedUp;

/** Node: `EMFILE: too many open files, watch '/app'`; others name the call. */
const isAboutWatching = ({ message }: MachineFacts): boolean =>
  /\bwatch(?:es|er|ers|ing)?\b|inotify/i.test(message?.text ?? '');

const isAsker = (uid: number, { asker }: MachineFacts): boolean =>
  knownOr(asker, null)?.uid === uid;

const userText = (uid: number, { snapshot }: MachineFacts): string =>
  snapshot.users[String(uid)] ?? `uid ${uid}`;

const usedUp = ({ uid, kind, use }: UserUse, facts: MachineFacts): Found => ({
  id: 'file-watches-room',
  severity: share(use) >= 1 ? 'critical' : 'warning',
  title: `${userText(uid, facts)} has ${use.used} of ${use.limit} inotify ${kind} in use: ${share(use) >= 1 ? 'no' : 'soon no'} program of theirs can watch files`,
  evidence: [
    `${settings[kind]} is ${use.limit}, and ${percent(use)} of it is in use`,
    kind === 'instances'
      ? 'beyond it watching fails with EMFILE, as if too many files were open'
      : 'beyond it watching fails with ENOSPC, as if the disk were full',
  ],
  benignCauses: ['several editors and dev servers that watch large trees at once'],
  actions: [raise(kind, use.limit)],
  // Only what the message is about, and the same user meets.
  ...(facts.message !== undefined && !isAboutWatching(facts) ? { explains: [] } : {}),
  ...(isAsker(uid, facts) ? {} : { concerns: { pids: [], inodes: [] } }),
});

/** It failed when the message was written: what the limits are tells which one was met. */
const limits = (watches: FileWatches, facts: MachineFacts): Found => {
  const kind: Kind = /ENOSPC|No space left|file watchers|max_user_watches/i.test(
    facts.message?.text ?? '',
  )
    ? 'watches'
    : 'instances';
  const limit = knownOr(kind === 'watches' ? watches.watchLimit : watches.instanceLimit, null);
  return {
    id: 'file-watches-room',
    severity: 'warning',
    title: `the message is about watching files: a user may have ${limit ?? 'so many'} inotify ${kind}, and that was not enough`,
    evidence: [
      ...(limit === null ? [] : [`${settings[kind]} is ${limit}`]),
      ...watches.users.map(
        ({ uid, instances, watches: held }) =>
          `${userText(uid, facts)} has ${instances} inotify instances with ${held} watches now`,
      ),
      ...(kind === 'instances'
        ? ['a program that is at its own limit of open files (`ulimit -n`) meets the same error']
        : []),
    ],
    benignCauses: ['a program that watches a tree which it need not, such as node_modules'],
    actions: limit === null ? [] : [raise(kind, limit)],
  };
};

const settings: Readonly<Record<Kind, string>> = {
  instances: 'fs.inotify.max_user_instances',
  watches: 'fs.inotify.max_user_watches',
};

/** What editors ask for in their manuals; an unused watch costs nothing. */
const usual: Readonly<Record<Kind, number>> = { instances: 512, watches: 524_288 };

const raise = (kind: Kind, limit: number) => ({
  label: `allow more ${kind}`,
  ...byRoot('sysctl', '-w', `${settings[kind]}=${Math.max(2 * limit, usual[kind])}`),
  changes: `every user may have more inotify ${kind}, about 1 kB of memory each, until the machine restarts`,
});
