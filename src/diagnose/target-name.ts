import { isKnown, type Known, knownOr, unknown } from '../model/known.ts';
import type { HostsEntry } from '../model/network.ts';
import { isIPv4 } from '../model/ip.ts';
import { isLoopback } from '../model/scope.ts';
import { endpointText } from '../model/target-endpoint.ts';
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

/**
 * Whether every machine should answer a name with its own loopback addresses (RFC 6761 6.3).
 * `localhost6` and `ip6-localhost` are none of these: they are what a hosts file makes of them.
 */
export const isLocalhostName = (name: string): boolean => /(?:^|\.)localhost$/.test(name);

/**
 * Names that some systems' hosts files give a loopback address, Fedora's and Debian's: the address;
 * null: no such name.
 */
export const customaryAddress = (name: string): string | null =>
  /^(?:localhost6(?:\.localdomain6)?|ip6-(?:localhost|loopback))$/.test(name)
    ? '::1'
    : /^localhost(?:4|4\.localdomain4|\.localdomain)$/.test(name)
      ? '127.0.0.1'
      : null;

/**
 * This machine with the port that is asked for, as a target: by the name localhost, or by its address
 * where that name is the one in doubt, or leads elsewhere.
 */
export const ownTarget = (facts: EndpointFacts, address = '127.0.0.1'): string => {
  const { localhost, target } = facts;
  const name = nameOf(facts);
  const isDoubted = name !== null && isLocalhostName(name);
  const isHere = isKnown(localhost) && localhost.every((one) => isLoopback(one.address));
  return isHere && !isDoubted
    ? endpointText('localhost', target.port)
    : endpointText(address, target.port);
};

/** `127.0.0.1` and `::1`, whichever has the family of an address. */
export const loopbackLike = (address: string): string => (isIPv4(address) ? '127.0.0.1' : '::1');
