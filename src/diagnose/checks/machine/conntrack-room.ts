import type { Use } from '../../../model/network.ts';
import { byRoot } from '../../as-root.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';
import { percent, share } from '../../share.ts';

/** From here on a burst is enough to fill the table. */
const full = 0.95;

/**
 * A full table makes the kernel drop the first packet of every new connection, loopback's too
 * (nf_conntrack-sysctl: `nf_conntrack_max`).
 */
export const conntrackRoom: Check<MachineFacts> = {
  id: 'conntrack-room',
  title: 'the connection tracking table is not full',
  stage: 'firewall',
  explains: ['timeout', 'unreachable', 'broken-pipe', 'connection-reset', 'permission-denied'],
  judge: (facts) =>
    judgeNetwork(facts, ({ conntrack }) => {
      if (conntrack === null) return notApplicable;
      return judgeKnown(conntrack, 'the connection tracking table', (use) =>
        share(use) >= full
          ? tableFull(use)
          : pass(`${use.used} of ${use.limit} connections are tracked (${percent(use)})`),
      );
    }),
};

const tableFull = (use: Use) =>
  failed({
    id: 'conntrack-room',
    severity: 'critical',
    title: `the connection tracking table is full (${use.used} of ${use.limit}): the kernel drops new connections, on loopback too`,
    evidence: [
      `net.netfilter.nf_conntrack_count is ${use.used}`,
      `net.netfilter.nf_conntrack_max is ${use.limit}`,
      'the kernel’s log says `nf_conntrack: table full, dropping packet`',
    ],
    benignCauses: ['a load test, or a scan, that is over in a few minutes'],
    actions: [
      {
        label: 'let it hold more',
        ...byRoot(
          'sysctl',
          '-w',
          `net.netfilter.nf_conntrack_max=${Math.max(2 * use.limit, 65_536)}`,
        ),
        changes:
          'the table may hold more connections, about 320 bytes of memory each, until the machine restarts',
      },
      {
        label: 'see whose connections fill it',
        ...byRoot('sh', '-c', 'conntrack -L | head -50'),
      },
    ],
  });
