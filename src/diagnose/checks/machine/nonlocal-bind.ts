import { pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';

/** ip(7), `ip_nonlocal_bind`: a fact that explains what bind(2) says, right either way. */
export const nonlocalBind: Check<MachineFacts> = {
  id: 'nonlocal-bind',
  title: 'which addresses servers may bind is known',
  stage: 'listener',
  explains: [],
  judge: (facts) =>
    judgeNetwork(facts, (network) =>
      judgeKnown(network.nonlocalBind, 'net.ipv4.ip_nonlocal_bind', (allowed) =>
        pass(
          allowed
            ? 'servers may bind addresses that no interface has (net.ipv4.ip_nonlocal_bind is 1)'
            : 'servers may bind this machine’s own addresses alone',
        ),
      ),
    ),
};
