import { byRoot } from '../../as-root.ts';
import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { hasAddress, judgeLoopback } from '../../loopback.ts';

/** RFC 1122 3.2.1.3; the kernel gives lo 127.0.0.1/8 when it comes up, and it can be taken away. */
export const ipv4LoopbackAddress: Check<MachineFacts> = {
  id: 'ipv4-loopback-address',
  title: 'the loopback interface has 127.0.0.1',
  stage: 'address',
  explains: ['address-not-available', 'unreachable', 'timeout'],
  judge: (facts) =>
    judgeLoopback(facts, (loopback) => {
      const { name, addresses } = loopback;
      if (hasAddress(loopback, '127.0.0.1')) return pass(`127.0.0.1 is on ${name}`);
      const others = addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`);
      return failed({
        id: 'ipv4-loopback-address',
        severity: 'critical',
        title: `127.0.0.1 is not on ${name}: no server can listen there and no client reach it`,
        evidence: [`${name} has ${others.length === 0 ? 'no address' : others.join(' and ')}`],
        actions: [
          {
            label: 'give it back its address',
            ...byRoot('ip', 'address', 'add', '127.0.0.1/8', 'dev', name),
            changes: `${name} has 127.0.0.1 and all of 127.0.0.0/8, until it is restarted`,
          },
        ],
      });
    }),
};
