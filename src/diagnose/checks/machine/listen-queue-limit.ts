import { byRoot } from '../../as-root.ts';
import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';

/** The kernel's own value before Linux 5.4; it is 4096 since. */
const small = 128;

/** listen(2): a longer backlog is cut to `net.core.somaxconn` without a word. */
export const listenQueueLimit: Check<MachineFacts> = {
  id: 'listen-queue-limit',
  title: 'servers may have an accept queue of a useful length',
  stage: 'accept-queue',
  explains: [],
  judge: (facts) =>
    judgeNetwork(facts, ({ longestAcceptQueue }) =>
      judgeKnown(longestAcceptQueue, 'the longest accept queue', (longest) =>
        longest >= small
          ? pass(`an accept queue may hold ${longest} connections`)
          : failed({
              id: 'listen-queue-limit',
              severity: 'notice',
              title: `no accept queue holds more than ${longest} connections: short bursts are dropped`,
              evidence: [`net.core.somaxconn is ${longest}`],
              actions: [
                {
                  label: 'allow longer ones',
                  ...byRoot('sysctl', '-w', 'net.core.somaxconn=4096'),
                  changes:
                    'servers that listen from now on may have longer queues, until the machine restarts',
                },
              ],
            }),
      ),
    ),
};
