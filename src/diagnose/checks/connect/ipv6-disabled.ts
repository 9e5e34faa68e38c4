import { isUnknown, type Known } from '../../../model/known.ts';
import type { NetworkFacts } from '../../../model/network.ts';
import { isLoopback } from '../../../model/scope.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';

/** An IPv6 address is asked for on a machine whose IPv6 is switched off. */
export const ipv6Disabled: Check<EndpointFacts> = {
  id: 'ipv6-disabled',
  title: 'IPv6 is on',
  stage: 'address',
  explains: ['address-not-available', 'unreachable'],
  judge: (facts) => {
    const address = facts.addresses.find((one) => one.includes(':'));
    if (address === undefined) return notApplicable;
    if (isUnknown(facts.network)) return couldNotCheck('the settings of IPv6 could not be read');
    const setting = settingFor(address, facts.network);
    const disabled = setting === null ? true : setting.value;
    if (isUnknown(disabled)) return couldNotCheck('the settings of IPv6 could not be read');
    if (!disabled) return pass('IPv6 is on');
    return found(address, setting?.name ?? null, facts);
  },
};

type Setting = { readonly name: string; readonly value: Known<boolean> };

/** The setting that an address depends on: each interface has its own; null: this kernel has no IPv6. */
const settingFor = (address: string, { ipv6Disabled: disabled }: NetworkFacts): Setting | null => {
  if (disabled === null) return null;
  const which = isLoopback(address) ? 'lo' : 'all';
  return { name: `net.ipv6.conf.${which}.disable_ipv6`, value: disabled[which] };
};

const found = (address: string, setting: string | null, { addresses, target }: EndpointFacts) => {
  const ipv4 = addresses.find((one) => !one.includes(':')) ?? '127.0.0.1';
  return failed({
    id: 'ipv6-disabled',
    severity: addresses[0] === address ? 'warning' : 'notice',
    title: `${address} is an IPv6 address, and IPv6 is switched off here`,
    evidence: [setting === null ? 'this kernel has no IPv6' : `${setting} = 1`],
    benignCauses: ['IPv6 was switched off on purpose, as containers and some VPNs do'],
    actions: [
      {
        label: `ask for ${ipv4} instead`,
        command: shellCommand('homeport', 'why', endpointText(ipv4, target.port)),
      },
      ...(setting === null
        ? []
        : [
            {
              label: 'switch IPv6 on',
              ...byRoot('sysctl', '-w', `${setting}=0`),
              changes: `${setting}, until the next start of the machine`,
            },
          ]),
    ],
  });
};
