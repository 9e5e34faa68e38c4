import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeAsker, judgeKnown } from '../../judge-known.ts';

/** A dev server with a file watcher opens more than this before it serves a page. */
const few = 256;

/**
 * What is started here inherits its limit (getrlimit(2), RLIMIT_NOFILE). Node raises its own to the
 * hard limit when it starts: where that is low too, no program gets further without root.
 */
export const askerFileLimit: Check<MachineFacts> = {
  id: 'asker-file-limit',
  title: 'what is started here may open files enough',
  stage: null,
  explains: ['too-many-files'],
  judge: (facts) =>
    judgeAsker(facts, ({ openFileLimit }) =>
      judgeKnown(openFileLimit, 'the limit of open files', (limit) =>
        limit >= few ? pass(`a program started here may open up to ${limit} files`) : tooFew(limit),
      ),
    ),
};

const tooFew = (limit: number) =>
  failed({
    id: 'asker-file-limit',
    severity: 'warning',
    title: `a program started here may open no more than ${limit} files`,
    evidence: [`\`ulimit -Hn\` says ${limit}`],
    benignCauses: ['a sandbox that sets it on purpose'],
    actions: [
      {
        label: 'raise it for this shell and all that it starts',
        command: 'sudo prlimit --pid $$ --nofile=1024:4096',
        needsRoot: true,
        changes: 'this shell and what it starts from now on may open 1024 files, up to 4096',
      },
    ],
  });
