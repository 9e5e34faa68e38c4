import type { Severity } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { isLoopback, isWildcard } from '../../../model/scope.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { detours } from '../../failure-groups.ts';
import { interfaceWith } from '../../own-address.ts';
import {
  hostsEvidence,
  hostsLinesOf,
  hostsPath,
  isLocalhostName,
  loopbackLike,
  nameOf,
  ownTarget,
} from '../../target-name.ts';

/** A name that means this machine has an address that is another's: the connection goes there. */
export const namePointsElsewhere: Check<EndpointFacts> = {
  id: 'name-points-elsewhere',
  title: 'the name leads to this machine',
  stage: 'name',
  explains: [...detours, 'wrong-protocol', 'tls-untrusted'],
  judge: (facts) => {
    const name = nameOf(facts);
    const why = name === null ? null : whyLocal(name, facts);
    if (name === null || why === null) return notApplicable;
    const addresses = addressesOf(name, facts);
    if (addresses.length === 0) return couldNotCheck(`what ${name} resolves to is not known`);
    const away = addresses.filter((address) => !isHere(address, facts));
    return away.length === 0
      ? pass(`${name} is ${addresses.join(', then ')}`)
      : found(name, why, away, facts);
  },
};

/** Why a name is taken for one of this machine; null where nothing says so. */
type WhyLocal = { readonly says: string; readonly severity: Severity };

const whyLocal = (name: string, facts: EndpointFacts): WhyLocal | null => {
  if (isLocalhostName(name)) {
    return { says: `${name} is this machine by RFC 6761 6.3`, severity: 'critical' };
  }
  const { hostname } = facts.snapshot.machine;
  if (name === hostname.toLowerCase() || name.startsWith(`${hostname.toLowerCase()}.`)) {
    return { says: `${hostname} is this machine's own name`, severity: 'warning' };
  }
  return hostsLinesOf(name, facts).length === 0
    ? null
    : { says: `${name} stands in ${hostsPath(facts)}`, severity: 'warning' };
};

const addressesOf = (name: string, facts: EndpointFacts): readonly string[] => {
  const asked = facts.resolution?.value ?? null;
  const resolved = asked !== null && isKnown(asked) ? asked : localhostOf(name, facts);
  return resolved === null
    ? hostsLinesOf(name, facts).map(({ address }) => address)
    : resolved.map(({ address }) => address);
};

const localhostOf = (name: string, { localhost }: EndpointFacts) =>
  name === 'localhost' ? knownOr(localhost, null) : null;

const isHere = (address: string, { snapshot }: EndpointFacts): boolean =>
  isLoopback(address) ||
  isWildcard(address) ||
  interfaceWith(address, snapshot.interfaces) !== null ||
  snapshot.interfaces.length === 0;

const found = (
  name: string,
  { says, severity }: WhyLocal,
  away: readonly string[],
  facts: EndpointFacts,
) => {
  const [first = ''] = away;
  const lines = hostsLinesOf(name, facts).filter(({ address }) => away.includes(address));
  const path = hostsPath(facts);
  return failed({
    id: 'name-points-elsewhere',
    severity,
    title: `${name} leads to ${away.join(' and ')}, which is not this machine`,
    evidence: [
      says,
      ...hostsEvidence(name, facts),
      ...(lines.length === 0 ? [`the resolver gives it the address ${first}`] : []),
      `no interface of this machine has ${away.join(' or ')}`,
    ],
    benignCauses: isLocalhostName(name) ? [] : [`${name} is meant to be another machine`],
    actions: [
      {
        label: 'ask for this machine itself',
        command: shellCommand('homeport', 'why', ownTarget(facts, loopbackLike(first))),
      },
      ...lines.slice(0, 1).map(({ line }) => ({
        label: `give ${name} the address ${loopbackLike(first)}`,
        ...byRoot('sed', '-i', `${line}s/^[[:space:]]*[^[:space:]]*/${loopbackLike(first)}/`, path),
        changes: `line ${line} of ${path}, and all names on it`,
      })),
      ...(lines.length > 0
        ? []
        : [{ label: 'see who answers', command: shellCommand('getent', 'ahosts', name) }]),
    ],
  });
};
