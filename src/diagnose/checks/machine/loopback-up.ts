import { isUnknown } from '../../../model/known.ts';
import { byRoot } from '../../as-root.ts';
import { couldNotCheck, failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { loopbackOf } from '../../loopback.ts';

/** A new network namespace begins with its loopback interface down (network_namespaces(7)). */
export const loopbackUp: Check<MachineFacts> = {
  id: 'loopback-up',
  title: 'the loopback interface is up',
  stage: 'address',
  explains: ['unreachable', 'address-not-available', 'timeout'],
  consequenceOf: ['interface-down', 'no-route'],
  judge: (facts) => {
    const loopback = loopbackOf(facts);
    if (loopback === null) return couldNotCheck('no loopback interface was read');
    const { name, up } = loopback;
    if (isUnknown(up)) return couldNotCheck(`whether ${name} is up could not be read`);
    if (up) return pass(`${name} is up`);
    return failed({
      id: 'loopback-up',
      severity: 'critical',
      title: `the loopback interface ${name} is down: nothing on this machine can reach 127.0.0.1 or ::1`,
      evidence: [`\`ip link show ${name}\` says DOWN`],
      benignCauses: ['a network namespace that was made a moment ago and is not set up yet'],
      actions: [
        {
          label: 'switch it on',
          ...byRoot('ip', 'link', 'set', name, 'up'),
          changes: `${name} is up, with 127.0.0.1 and ::1, until it is restarted`,
        },
      ],
    });
  },
};
