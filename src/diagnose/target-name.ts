import { isKnown, type Known, knownOr, unknown } from '../model/known.ts';
import type { HostsEntry } from '../model/network.ts';
import { isIPv4 } from '../model/ip.ts';
import type { EndpointFacts, ResolvedName } from './facts.ts';

/** The name that was asked about; null where it is an address, or a port alone. */
export const nameOf = ({ target }: Pick<EndpointFacts, 'target'>): string | null =>
  target.address === null && target.host !== '*' ? target.host : null;

/** What the name that was asked about resolves to; `unsupported` where nobody asked. */
export const resolutionOf = ({ resolution }: EndpointFacts): Known<ResolvedName> =>
  resolution?.value ?? unknown('unsupported', 'the resolver was not asked');

/** The lines of the hosts file that give a name an address. */
export const hostsLinesOf = (
  name: string,
  { network }: Pick<EndpointFacts, 'network'>,
): readonly HostsEntry[] => hostsEntries({ network }).filter(({ names }) => names.includes(name));

/** Every line of the hosts file, as far as it could be read. */
export const hostsEntries = ({
  network,
}: Pick<EndpointFacts, 'network'>): readonly HostsEntry[] => {
  const file = isKnown(network) ? knownOr(network.hostsFile, null) : null;
  return file?.entries ?? [];
};

/** The hosts file's path, `/etc/hosts` where it is not known. */
export const hostsPath = ({ network }: Pick<EndpointFacts, 'network'>): string => {
  const file = isKnown(network) ? knownOr(network.hostsFile, null) : null;
  return file?.path ?? '/etc/hosts';
};

/** A line of the hosts file as evidence: `/etc/hosts:7 says 10.0.0.9`. */
export const hostsEvidence = (
  name: string,
  facts: Pick<EndpointFacts, 'network'>,
): readonly string[] =>
  hostsLinesOf(name, facts).map(
    ({ line, address }) => `${hostsPath(facts)}:${line} gives ${name} the address ${address}`,
  );

/** Whether every machine should answer a name with its own loopback addresses (RFC 6761 6.3). */
export const isLocalhostName = (name: string): boolean =>
  /(?:^|\.)localhost$/.test(name) || localhostNames.has(name);

/** What Debian, Fedora and macOS give 127.0.0.1 and ::1 in their hosts files. */
const localhostNames: ReadonlySet<string> = new Set([
  'localhost.localdomain',
  'localhost4',
  'localhost4.localdomain4',
  'localhost6',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
]);

/** `127.0.0.1` and `::1`, whichever has the family of an address. */
export const loopbackLike = (address: string): string => (isIPv4(address) ? '127.0.0.1' : '::1');
