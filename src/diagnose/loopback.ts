import type { CheckResult } from '../model/finding.ts';
import { isKnown, type Known } from '../model/known.ts';
import type { NetworkInterface } from '../model/machine.ts';
import type { NetworkFacts } from '../model/network.ts';
import { couldNotCheck, notApplicable } from './check-result.ts';
import type { MachineFacts } from './facts.ts';

/** The loopback interface of the namespace that Homeport runs in; null: none was read. */
export const loopbackOf = ({ snapshot }: MachineFacts): NetworkInterface | null =>
  snapshot.interfaces.find(({ namespace, loopback }) => namespace === 'this' && loopback) ?? null;

/** Judges the loopback interface unless it is down: what it lacks then comes back with it. */
export const judgeLoopback = (
  facts: MachineFacts,
  judge: (loopback: NetworkInterface) => CheckResult,
): CheckResult => {
  const loopback = loopbackOf(facts);
  if (loopback === null) return couldNotCheck('no loopback interface was read');
  return loopback.up === false ? notApplicable : judge(loopback);
};

/** Whether an interface has an address, given in canonical text. */
export const hasAddress = ({ addresses }: NetworkInterface, wanted: string): boolean =>
  addresses.some(({ address }) => address === wanted);

/**
 * Whether IPv6 is switched on for loopback (`disable_ipv6` of the kernel's ip-sysctl document); null:
 * this kernel has none. The interface's own setting counts, `all` only where that was not read.
 */
export const loopbackIPv6 = ({ ipv6Disabled }: NetworkFacts): Known<boolean> | null => {
  if (ipv6Disabled === null) return null;
  const disabled = isKnown(ipv6Disabled.lo) ? ipv6Disabled.lo : ipv6Disabled.all;
  return isKnown(disabled) ? !disabled : disabled;
};
