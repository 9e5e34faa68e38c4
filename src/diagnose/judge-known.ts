import type { CheckResult } from '../model/finding.ts';
import { isUnknown, type Known, type Unknown, type UnknownReason } from '../model/known.ts';
import type { Asker, NetworkFacts } from '../model/network.ts';
import { couldNotCheck } from './check-result.ts';
import type { MachineFacts } from './facts.ts';

/** Judges a value that was read; one that was not ends as `unknown`. `what` is the value, in words. */
export const judgeKnown = <T>(
  value: Known<T>,
  what: string,
  judge: (value: T) => CheckResult,
): CheckResult =>
  isUnknown(value) ? couldNotCheck(`${what} could not be read: ${reasonOf(value)}`) : judge(value);

/** Judges the network's settings where they were read: an older snapshot has none. */
export const judgeNetwork = (
  facts: MachineFacts,
  judge: (network: NetworkFacts) => CheckResult,
): CheckResult => judgeKnown(facts.network, 'the settings of the network', judge);

/** Judges the surroundings that Homeport was asked from, where they were read. */
export const judgeAsker = (
  facts: MachineFacts,
  judge: (asker: Asker) => CheckResult,
): CheckResult => judgeKnown(facts.asker, 'the environment that Homeport was asked from', judge);

/** Why a value could not be read, as the end of a sentence. */
export const reasonOf = ({ unknown, why }: Unknown): string => why ?? reasons[unknown];

const reasons: Readonly<Record<UnknownReason, string>> = {
  denied: 'the kernel refuses it to this user',
  gone: 'it is not there any more',
  unsupported: 'it is not told here',
  'other-namespace': 'it is in a namespace that can’t be looked into from here',
};
