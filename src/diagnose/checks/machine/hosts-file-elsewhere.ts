import { canonicalIp, familyOf } from '../../../model/ip.ts';
import type { HostsEntry, HostsFile } from '../../../model/network.ts';
import { isLoopback, isWildcard } from '../../../model/scope.ts';
import { type Found, failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { dropEntry, hostsLine } from '../../hosts-lines.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';
import { interfaceWith } from '../../own-address.ts';

/** RFC 6761 6.3: localhost and the names below it are this machine's loopback, and so should be here. */
export const hostsFileElsewhere: Check<MachineFacts> = {
  id: 'hosts-file-elsewhere',
  title: 'the hosts file points localhost and this machine’s name to this machine',
  stage: 'name',
  explains: ['connection-refused', 'timeout', 'unreachable', 'address-not-available'],
  judge: (facts) =>
    judgeNetwork(facts, ({ hostsFile }) =>
      judgeKnown(hostsFile, 'the hosts file', (file) => {
        const found = [
          ...file.entries.flatMap((entry) => judgeEntry(file, entry, facts)),
          ...contradictions(file),
        ];
        return found.length > 0
          ? failed(...found)
          : pass(`no line of ${file.path} points localhost or this machine’s name elsewhere`);
      }),
    ),
};

const judgeEntry = (
  file: HostsFile,
  entry: HostsEntry,
  { snapshot }: MachineFacts,
): readonly Found[] => {
  const { address, names } = entry;
  if (isLoopback(address)) return [];
  const local = names.filter(isLocalhost);
  if (isWildcard(address)) return local.length === 0 ? [] : [everywhere(file, entry, local)];
  const { interfaces, machine } = snapshot;
  if (interfaces.length === 0 || interfaceWith(address, interfaces) !== null) return [];
  const own = names.filter((name) => isOwnName(name, machine.hostname));
  return [
    ...(local.length === 0 ? [] : [elsewhere(file, entry, local)]),
    ...(own.length === 0 ? [] : [staleName(file, entry, own)]),
  ];
};

/** Names whose meaning is fixed (RFC 6761 6.3). */
const isLocalhost = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');

const isOwnName = (name: string, hostname: string): boolean => {
  const own = hostname.toLowerCase();
  return name === own || name === own.split('.')[0];
};

const elsewhere = (file: HostsFile, entry: HostsEntry, names: readonly string[]): Found => ({
  id: 'hosts-file-elsewhere',
  severity: 'critical',
  title: `${file.path} points ${names.join(' and ')} to ${entry.address}, which is another machine`,
  evidence: [hostsLine(file, entry), `no interface of this machine has ${entry.address}`],
  benignCauses: ['somebody sends a name below localhost to a development machine on purpose'],
  actions: [dropEntry(file, entry, names)],
});

const everywhere = (file: HostsFile, entry: HostsEntry, names: readonly string[]): Found => ({
  id: 'hosts-file-elsewhere',
  severity: 'warning',
  title: `${file.path} points ${names.join(' and ')} to ${entry.address}, which is no address: servers that listen on the name are open to the network`,
  evidence: [hostsLine(file, entry)],
  actions: [dropEntry(file, entry, names)],
});

const staleName = (file: HostsFile, entry: HostsEntry, names: readonly string[]): Found => ({
  id: 'hosts-file-elsewhere',
  severity: 'warning',
  title: `${file.path} says that this machine, ${names.join(' and ')}, is ${entry.address}, and no interface has that address`,
  evidence: [hostsLine(file, entry), `no interface of this machine has ${entry.address}`],
  benignCauses: ['the network that the address belongs to is not connected now'],
  actions: [dropEntry(file, entry, names)],
});

/** Two loopback addresses of one family for a name: clients use the first, servers may take the other. */
const contradictions = (file: HostsFile): readonly Found[] => {
  const entries = file.entries.filter(({ address }) => isLoopback(address));
  const names = new Set(entries.flatMap((entry) => entry.names.filter(isLocalhost)));
  return [...names].flatMap((name) => {
    const lines = entries.filter((entry) => entry.names.includes(name));
    const rival = lines.find((entry) => lines.some((other) => contradict(other, entry)));
    return rival === undefined
      ? []
      : [contradiction(file, name, lines.filter(isLike(rival)), rival)];
  });
};

const isLike =
  (rival: HostsEntry) =>
  (entry: HostsEntry): boolean =>
    familyOf(entry.address) === familyOf(rival.address);

/** Whether a later entry gives a name another address of the same family. */
const contradict = (first: HostsEntry, later: HostsEntry): boolean =>
  first.line < later.line &&
  isLike(later)(first) &&
  canonicalIp(first.address) !== canonicalIp(later.address);

const contradiction = (
  file: HostsFile,
  name: string,
  lines: readonly HostsEntry[],
  rival: HostsEntry,
): Found => ({
  id: 'hosts-file-elsewhere',
  severity: 'notice',
  title: `${file.path} gives ${name} several addresses of one family: ${lines.map(({ address }) => address).join(' and ')}`,
  evidence: lines.map((entry) => hostsLine(file, entry)),
  actions: [dropEntry(file, rival, [name])],
});
