import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeAsker, judgeKnown } from '../../judge-known.ts';

/** A dev server with a file watcher opens more than this before it serves a page. */
const few = 256;

/** What is started from this shell inherits its limit (getrlimit(2), RLIMIT_NOFILE). */
export const askerFileLimit: Check<MachineFacts> = {
  id: 'asker-file-limit',
  title: 'what is started here may open files enough',
  stage: null,
  explains: ['too-many-files'],
  judge: (facts) =>
    judgeAsker(facts, ({ openFileLimit }) =>
      judgeKnown(openFileLimit, 'the limit of open files', (limit) =>
        limit >= few
          ? pass(`a program started here may open ${limit} files`)
          : failed({
              id: 'asker-file-limit',
              severity: 'warning',
              title: `a program started here may open no more than ${limit} files`,
              evidence: [`\`ulimit -n\` says ${limit}`],
              benignCauses: ['a sandbox that sets it on purpose'],
              actions: [
                {
                  label: 'raise it for this shell and all that it starts',
                  command: 'ulimit -n 1024',
                  changes: 'this shell’s limit, as far as its hard limit (`ulimit -Hn`) lets it',
                },
              ],
            }),
      ),
    ),
};
