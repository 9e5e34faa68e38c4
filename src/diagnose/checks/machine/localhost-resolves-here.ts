import type { Action } from '../../../model/finding.ts';
import { isKnown, isUnknown } from '../../../model/known.ts';
import { isLoopback } from '../../../model/scope.ts';
import { couldNotCheck, failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { addEntry, entriesOf, hostsLine } from '../../hosts-lines.ts';
import { reasonOf } from '../../judge-known.ts';

/** RFC 6761 6.3: resolvers answer localhost with loopback addresses, and ask nobody for it. */
export const localhostResolvesHere: Check<MachineFacts> = {
  id: 'localhost-resolves-here',
  title: 'localhost resolves to loopback addresses alone',
  stage: 'name',
  explains: ['name-not-resolved', 'connection-refused', 'timeout', 'unreachable'],
  judge: (facts) => {
    const { localhost } = facts;
    if (isUnknown(localhost)) {
      return localhost.unknown === 'gone'
        ? unresolved(facts)
        : couldNotCheck(`what localhost resolves to is not known: ${reasonOf(localhost)}`);
    }
    const addresses = localhost.map(({ address }) => address);
    if (addresses.length === 0) return unresolved(facts);
    return addresses.every(isLoopback)
      ? pass(`localhost is ${addresses.join(', then ')}`)
      : outside(addresses, facts);
  },
};

const unresolved = (facts: MachineFacts) =>
  failed({
    id: 'localhost-resolves-here',
    severity: 'critical',
    title: 'localhost resolves to nothing: clients that use the name end with ENOTFOUND',
    evidence: ['the system’s resolver knows no localhost', ...sourceLines(facts)],
    actions: missingLine(facts),
  });

const outside = (addresses: readonly string[], facts: MachineFacts) => {
  const wrong = addresses.filter((address) => !isLoopback(address)).join(' and ');
  const fromFile = localhostLines(facts).length > 0;
  return failed({
    id: 'localhost-resolves-here',
    severity: 'critical',
    title: fromFile
      ? `localhost resolves to ${wrong}, which is no loopback address`
      : `localhost resolves to ${wrong}: the answer comes from outside of this machine`,
    evidence: [
      `the system’s resolver says ${addresses.join(', then ')}`,
      ...localhostLines(facts),
      ...sourceLines(facts),
    ],
    actions: missingLine(facts),
  });
};

const localhostLines = ({ network }: MachineFacts): readonly string[] => {
  if (!isKnown(network) || !isKnown(network.hostsFile)) return [];
  const file = network.hostsFile;
  return entriesOf(file, 'localhost').map((entry) => hostsLine(file, entry));
};

const sourceLines = ({ network }: MachineFacts): readonly string[] => {
  if (!isKnown(network) || !isKnown(network.resolver)) return [];
  const { sources, nameservers } = network.resolver;
  return [
    `names are looked up in ${sources.join(', then ')}`,
    ...nameservers.map((server) => `name server ${server}`),
  ];
};

/** A line that is there and wrong is `hosts-file-elsewhere`'s to drop. */
const missingLine = ({ network }: MachineFacts): readonly Action[] => {
  const file = isKnown(network) ? network.hostsFile : network;
  if (!isKnown(file) || entriesOf(file, 'localhost').length > 0) return [];
  return [addEntry(file, '127.0.0.1', 'localhost')];
};
