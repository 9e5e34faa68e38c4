import { isKnown } from '../../../model/known.ts';
import { byRoot } from '../../as-root.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeNetwork } from '../../judge-known.ts';
import { hasAddress, judgeLoopback, loopbackIPv6 } from '../../loopback.ts';

/** RFC 4291 2.5.3; without IPv6 there is no ::1 to miss, which `ipv6-enabled` tells. */
export const ipv6LoopbackAddress: Check<MachineFacts> = {
  id: 'ipv6-loopback-address',
  title: 'the loopback interface has ::1',
  stage: 'address',
  explains: ['address-not-available', 'unreachable', 'timeout'],
  judge: (facts) =>
    judgeLoopback(facts, (loopback) => {
      if (hasAddress(loopback, '::1')) return pass(`::1 is on ${loopback.name}`);
      return judgeNetwork(facts, (network) => {
        const enabled = loopbackIPv6(network);
        if (enabled === null || enabled === false) return notApplicable;
        return isKnown(enabled)
          ? missing(loopback.name)
          : couldNotCheck('whether IPv6 is switched off could not be read');
      });
    }),
};

const missing = (name: string) =>
  failed({
    id: 'ipv6-loopback-address',
    severity: 'warning',
    title: `::1 is not on ${name}, though IPv6 is on: clients that take localhost for ::1 fail`,
    evidence: [`${name} has no ::1`, `net.ipv6.conf.${name}.disable_ipv6 is 0`],
    actions: [
      {
        label: 'give it back its address',
        ...byRoot('ip', '-6', 'address', 'add', '::1/128', 'dev', name),
        changes: `${name} has ::1, until it is restarted`,
      },
    ],
  });
