import { isKnown, knownOr } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { hostsPath, isLocalhostName, nameOf, resolutionOf } from '../../target-name.ts';

/** A name under `.localhost` that this resolver does not answer, though it should (RFC 6761 6.3). */
export const localhostSubdomainUnresolved: Check<EndpointFacts> = {
  id: 'localhost-subdomain-unresolved',
  title: 'names under .localhost are this machine',
  stage: 'name',
  explains: ['name-not-resolved'],
  judge: (facts) => {
    const name = nameOf(facts);
    if (name === null || !isLocalhostName(name)) return notApplicable;
    const resolution = resolutionOf(facts);
    if (isKnown(resolution)) {
      return resolution.length === 0
        ? found(name, facts)
        : pass(`${name} is ${resolution.map(({ address }) => address).join(', then ')}`);
    }
    // A resolver that could not even ask has not found the name either: EAI_AGAIN.
    return resolution.unknown === 'gone' || /\bEAI_/.test(resolution.why ?? '')
      ? found(name, facts)
      : couldNotCheck(`what ${name} resolves to is not known: ${resolution.why ?? ''}`.trimEnd());
  },
};

const found = (name: string, facts: EndpointFacts) =>
  failed({
    id: 'localhost-subdomain-unresolved',
    severity: 'warning',
    title: name === 'localhost' ? 'localhost has no address here' : subdomainTitle(name),
    evidence: [
      'the resolver knows no such name',
      ...sourcesEvidence(facts),
      'browsers and curl answer names under .localhost themselves; most other programs ask the resolver',
    ],
    actions: [
      {
        label: 'try it without the resolver',
        command: shellCommand(
          'curl',
          '-i',
          '--resolve',
          `${name}:${facts.target.port}:127.0.0.1`,
          `http://${name}:${facts.target.port}/`,
        ),
      },
      {
        label: 'give this name an address',
        ...byRoot(
          'sh',
          '-c',
          `${shellCommand('echo', `127.0.0.1 ${name}`)} >> ${shellCommand(hostsPath(facts))}`,
        ),
        changes: `adds a line to ${hostsPath(facts)}`,
      },
      {
        label: 'let the system answer all of them (Debian, Ubuntu)',
        ...byRoot('apt-get', 'install', 'libnss-myhostname'),
        changes: 'installs a source of names and enters it in /etc/nsswitch.conf',
      },
    ],
  });

const subdomainTitle = (name: string): string =>
  `${name} has no address: this machine's resolver does not answer names under .localhost`;

const sourcesEvidence = ({ network }: EndpointFacts): readonly string[] => {
  const resolver = isKnown(network) ? knownOr(network.resolver, null) : null;
  if (resolver === null) return [];
  const known = resolver.sources.includes('myhostname') || resolver.sources.includes('resolve');
  return [
    `sources asked (nsswitch.conf): ${resolver.sources.join(', ')}${known ? '' : ', none of which answers them (myhostname and resolve do)'}`,
  ];
};
