import { isKnown } from '../../../model/known.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeNetwork } from '../../judge-known.ts';
import { percent, share } from '../../share.ts';

const nearlyFull = 0.8;
const full = 0.95;

/** A warning in time: nothing is dropped yet, so it explains no failure. */
export const conntrackReserve: Check<MachineFacts> = {
  id: 'conntrack-reserve',
  title: 'the connection tracking table has a reserve',
  stage: 'firewall',
  explains: [],
  judge: (facts) =>
    judgeNetwork(facts, ({ conntrack }) => {
      if (conntrack === null || !isKnown(conntrack) || share(conntrack) >= full) {
        return notApplicable;
      }
      if (share(conntrack) < nearlyFull) {
        return pass(`${conntrack.limit - conntrack.used} more connections can be tracked`);
      }
      return failed({
        id: 'conntrack-reserve',
        severity: 'notice',
        title: `the connection tracking table is nearly full (${percent(conntrack)}): once it is, new connections are dropped`,
        evidence: [
          `net.netfilter.nf_conntrack_count is ${conntrack.used}`,
          `net.netfilter.nf_conntrack_max is ${conntrack.limit}`,
        ],
        benignCauses: ['a load test that is running now'],
        actions: [
          {
            label: 'see how it goes on',
            command: 'watch sysctl net.netfilter.nf_conntrack_count',
          },
        ],
      });
    }),
};
