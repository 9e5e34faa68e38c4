import { isKnown, isUnknown } from '../../../model/known.ts';
import type { Listener } from '../../../model/listener.ts';
import type { Use } from '../../../model/network.ts';
import type { Process } from '../../../model/process.ts';
import { byOwner } from '../../as-root.ts';
import { couldNotCheck, type Found, failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import { describeProcess } from '../../describe-process.ts';
import type { MachineFacts } from '../../facts.ts';
import { percent, share } from '../../share.ts';

const nearlyUsedUp = 0.9;

/**
 * EMFILE: accept(2) then fails and its connections wait until they time out. What that means for one
 * endpoint is told where its owner is looked at.
 */
export const processesAtFileLimit: Check<MachineFacts> = {
  id: 'processes-at-file-limit',
  title: 'no process is near its limit of open files',
  stage: null,
  explains: ['too-many-files'],
  consequenceOf: ['open-file-limit'],
  judge: (facts) => {
    const seen = facts.snapshot.processes.flatMap(useOf);
    const atLimit = seen.filter(({ use }) => share(use) >= nearlyUsedUp);
    if (atLimit.length > 0) {
      return failed(...atLimit.map(({ process, use }) => nearLimit(process, use, facts)));
    }
    if (seen.length === 0) return couldNotCheck('no process’s open files could be counted');
    const { hidden, text } = roomOf(seen, facts);
    return hidden ? couldNotCheck(text) : pass(text);
  },
};

type Seen = { readonly process: Process; readonly use: Use };

const useOf = (process: Process): readonly Seen[] => {
  const { open, limit } = process.files;
  return isKnown(open) && isKnown(limit) ? [{ process, use: { used: open, limit } }] : [];
};

/** Servers are known by their sockets, also where the kernel shows nothing else of them. */
const roomOf = (seen: readonly Seen[], facts: MachineFacts) => {
  const { listeners, snapshot } = facts;
  const counted = new Set(seen.map(({ process }) => process.pid));
  const uncounted = snapshot.processes.filter((one) => !isCounted(one, counted)).length;
  const unseen = listeners.filter(isHidden).length;
  const [nearest] = seen.toSorted((a, b) => share(b.use) - share(a.use));
  const most =
    nearest === undefined
      ? ''
      : `${uncounted + unseen === 0 ? '' : `of ${seen.length} that could be counted `}the nearest is ${describeProcess(nearest.process.pid, facts)} with ${nearest.use.used} of ${nearest.use.limit} files`;
  const rest = [
    ...(uncounted === 0 ? [] : [`${uncounted} could not be counted`]),
    ...(unseen === 0
      ? []
      : [`who has ${unseen === 1 ? 'one listener' : `${unseen} listeners`} may not be seen`]),
  ];
  return { hidden: rest.length > 0, text: [most, ...rest].join('; ') };
};

/** One that has ended since opens nothing any more. */
const isCounted = ({ pid, files }: Process, counted: ReadonlySet<number>): boolean =>
  counted.has(pid) || (isUnknown(files.open) && files.open.unknown === 'gone');

const isHidden = ({ owners, namespace }: Listener): boolean =>
  namespace === 'this' && isUnknown(owners) && owners.unknown === 'denied';

const nearLimit = (process: Process, use: Use, facts: MachineFacts): Found => {
  const { pid } = process;
  const raised = 2 * use.limit;
  return {
    id: 'processes-at-file-limit',
    severity: use.used >= use.limit ? 'critical' : 'warning',
    title: `${describeProcess(pid, facts)} has ${use.used} of ${use.limit} files open: it ${use.used >= use.limit ? 'can’t' : 'soon can’t'} accept or connect`,
    evidence: [
      `${use.used} files are open (${percent(use)}): \`lsof -p ${pid}\``,
      `its soft limit is ${use.limit}: \`prlimit --pid ${pid} --nofile\``,
    ],
    benignCauses: ['it has many clients now, and closes files when they go'],
    actions: [
      {
        label: 'let it open more, without a restart',
        ...byOwner(process, facts, 'prlimit', '--pid', `${pid}`, `--nofile=${raised}:`),
        changes: `its soft limit is ${raised} until it ends; above its hard limit only root may go`,
      },
      { label: 'see what it has open', command: `lsof -nP -p ${pid}` },
    ],
    concerns: { pids: [pid], inodes: [] },
  };
};
