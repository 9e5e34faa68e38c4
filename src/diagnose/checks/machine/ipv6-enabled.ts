import { isKnown, isUnknown, knownOr } from '../../../model/known.ts';
import type { NetworkFacts } from '../../../model/network.ts';
import { byRoot } from '../../as-root.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { givesAddress } from '../../hosts-lines.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';
import { loopbackIPv6 } from '../../loopback.ts';

/** Legitimate, and a trap: many clients try ::1 for localhost first (RFC 6724 2.1). */
export const ipv6Enabled: Check<MachineFacts> = {
  id: 'ipv6-enabled',
  title: 'IPv6 is on for loopback',
  stage: 'address',
  explains: ['address-not-available', 'unreachable'],
  judge: (facts) =>
    judgeNetwork(facts, (network) => {
      const enabled = loopbackIPv6(network);
      if (enabled === null) return notApplicable;
      return judgeKnown(enabled, 'whether IPv6 is switched off', (isOn) =>
        isOn ? pass('IPv6 is on for loopback') : switchedOff(network, facts),
      );
    }),
};

const switchedOff = (network: NetworkFacts, { localhost }: MachineFacts) => {
  const { lo, all } = network.ipv6Disabled ?? {};
  const meansIPv6 = knownOr(localhost, []).some(({ address }) => address === '::1');
  return failed({
    id: 'ipv6-enabled',
    severity: 'notice',
    title:
      'IPv6 is switched off for loopback: whoever takes localhost for ::1 can’t connect or listen',
    evidence: [
      ...settingLine('lo', lo),
      ...settingLine('all', all),
      ...(meansIPv6 ? ['localhost resolves to ::1 all the same'] : []),
    ],
    benignCauses: ['somebody switched IPv6 off on purpose, and every program here uses 127.0.0.1'],
    actions: [
      {
        label: 'switch it on for loopback alone',
        ...byRoot('sysctl', '-w', 'net.ipv6.conf.lo.disable_ipv6=0'),
        changes: 'lo has ::1 until the machine restarts; other interfaces stay without IPv6',
      },
      ...withoutName(network),
    ],
  });
};

const settingLine = (of: string, value: unknown): readonly string[] =>
  value === undefined || isUnknown(value)
    ? []
    : [`net.ipv6.conf.${of}.disable_ipv6 is ${value === true ? 1 : 0}`];

const withoutName = ({ hostsFile }: NetworkFacts) =>
  isKnown(hostsFile) && givesAddress(hostsFile, 'localhost', '::1')
    ? [
        {
          label: `let localhost mean 127.0.0.1 alone: take it out of the ::1 line of ${hostsFile.path}`,
          command: null,
        },
      ]
    : [];
