import { byRoot } from '../../as-root.ts';
import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';
import { percent, share } from '../../share.ts';

const nearlyUsedUp = 0.9;

/** ENFILE: the whole system’s limit (proc_sys_fs(5), `file-nr` and `file-max`). */
export const openFilesRoom: Check<MachineFacts> = {
  id: 'open-files-room',
  title: 'the system can open more files',
  stage: null,
  explains: ['too-many-files'],
  judge: (facts) =>
    judgeNetwork(facts, ({ openFiles }) =>
      judgeKnown(openFiles, 'the number of open files', (use) => {
        if (share(use) < nearlyUsedUp) {
          return pass(`${use.used} files are open on the whole system${limitText(use.limit)}`);
        }
        return failed({
          id: 'open-files-room',
          severity: 'critical',
          title: `the system has ${percent(use)} of its files open: soon no program can accept or connect`,
          evidence: [`fs.file-nr is ${use.used}, fs.file-max is ${use.limit}`],
          actions: [
            {
              label: 'allow more',
              ...byRoot('sysctl', '-w', `fs.file-max=${2 * use.limit}`),
              changes: 'the kernel keeps more files open, until the machine restarts',
            },
          ],
        });
      }),
    ),
};

/** The kernel's default is the largest number there is, which says nothing. */
const limitText = (limit: number): string =>
  limit > Number.MAX_SAFE_INTEGER ? '' : `, of ${limit}`;
