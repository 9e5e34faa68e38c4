import type { Action } from '../../../model/finding.ts';
import { isKnown, knownOr, type Unknown } from '../../../model/known.ts';
import { nearest } from '../../../model/nearest.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import {
  customaryAddress,
  hostsEntries,
  hostsEvidence,
  hostsPath,
  isLocalhostName,
  nameOf,
  resolutionOf,
} from '../../target-name.ts';

/** The name has no address: a typing error, a name of another network, or no answer at all. */
export const nameUnknown: Check<EndpointFacts> = {
  id: 'name-unknown',
  title: 'the name has an address',
  stage: 'name',
  explains: ['name-not-resolved'],
  judge: (facts) => {
    const name = nameOf(facts);
    if (name === null || isLocalhostName(name)) return notApplicable;
    const resolution = resolutionOf(facts);
    if (!isKnown(resolution)) return judgeUnknown(name, resolution, facts);
    return resolution.length === 0
      ? found(name, facts)
      : pass(`${name} is ${resolution.map(({ address }) => address).join(', then ')}`);
  },
};

const judgeUnknown = (name: string, { unknown, why }: Unknown, facts: EndpointFacts) => {
  if (unknown === 'gone') return found(name, facts);
  const code = /\bE(?:AI_)?[A-Z]{4,}\b/.exec(why ?? '')?.[0];
  return code === undefined
    ? couldNotCheck(`what ${name} resolves to is not known: ${why ?? unknown}`)
    : unanswered(name, code, facts);
};

const found = (name: string, facts: EndpointFacts) =>
  failed({
    id: 'name-unknown',
    severity: 'warning',
    title: `${name} has no address on this machine`,
    evidence: [
      'the resolver knows no such name',
      ...customaryEvidence(name),
      ...similarEvidence(name, facts),
      ...elsewhereEvidence(name, facts),
      ...resolverEvidence(facts),
    ],
    actions: [
      ...publishedActions(name, facts),
      ...askAddress(name, facts),
      addToHosts(name, facts),
    ],
  });

const unanswered = (name: string, code: string, facts: EndpointFacts) =>
  failed({
    id: 'name-unknown',
    severity: 'warning',
    title: `the resolver gave no answer for ${name} (${code})`,
    evidence: resolverEvidence(facts),
    benignCauses: ['this machine has no network at the moment'],
    actions: [
      { label: 'see what the resolver says', command: shellCommand('getent', 'ahosts', name) },
      addToHosts(name, facts),
    ],
  });

/** Fedora's `localhost6` and Debian's `ip6-localhost` sound like what every machine knows. */
const customaryEvidence = (name: string): readonly string[] => {
  const address = customaryAddress(name);
  return address === null
    ? []
    : [
        `${name} is not localhost, nor below it: it is ${address} only where the hosts file says so, as some systems' do`,
      ];
};

const similarEvidence = (name: string, facts: EndpointFacts): readonly string[] => {
  const names = hostsEntries(facts).flatMap((entry) => entry.names);
  const near = nearest(name, names);
  return near === null || near === name
    ? []
    : [`${near} is similar`, ...hostsEvidence(near, facts)];
};

/** Names that mean something in another place than on the host. */
const elsewhereEvidence = (name: string, facts: EndpointFacts): readonly string[] => {
  const container = containerNamed(name, facts);
  if (container !== undefined) {
    return [
      `${name} is the name of a container (or its Compose service): such names hold only inside the containers' network`,
    ];
  }
  const place = places.find(({ pattern }) => pattern.test(name));
  return place === undefined ? [] : [place.says];
};

const places = [
  {
    pattern: /^(?:host|gateway)\.docker\.internal$/,
    says: 'host.docker.internal holds inside containers, on Linux only with --add-host=host.docker.internal:host-gateway; on the host itself it is localhost',
  },
  {
    pattern: /\.(?:svc|svc\.cluster\.local|cluster\.local)$/,
    says: 'names under cluster.local hold only inside the Kubernetes cluster: kubectl port-forward brings a service here',
  },
  {
    pattern: /\.local$/,
    says: 'names under .local are asked for by multicast DNS (RFC 6762), which needs avahi-daemon and libnss-mdns or systemd-resolved',
  },
  { pattern: /\.(?:test|example|invalid)$/, says: 'no DNS server knows such names (RFC 6761 6)' },
] as const;

const containerNamed = (name: string, { snapshot }: EndpointFacts) =>
  snapshot.containers.find(
    (one) => knownOr(one.name, null) === name || knownOr(one.compose, null)?.service === name,
  );

/** Where a published port of such a container is the very one that is asked for. */
const publishedActions = (name: string, facts: EndpointFacts): readonly Action[] => {
  const container = containerNamed(name, facts);
  const ports = container === undefined ? [] : knownOr(container.published, []);
  const port = ports.find(({ containerPort }) => containerPort === facts.target.port);
  return port === undefined
    ? []
    : [
        {
          label: `from this machine ask for localhost:${port.hostPort}, where ${name} is published`,
          command: shellCommand('homeport', 'why', `localhost:${port.hostPort}`),
        },
      ];
};

const askAddress = (name: string, { target }: EndpointFacts): readonly Action[] => {
  const address = customaryAddress(name);
  if (address === null) return [];
  const endpoint = endpointText(address, target.port);
  return [
    {
      label: `ask for ${endpoint}, which needs no resolver`,
      command: shellCommand('homeport', 'why', endpoint),
    },
  ];
};

const resolverEvidence = ({ network }: EndpointFacts): readonly string[] => {
  const resolver = isKnown(network) ? knownOr(network.resolver, null) : null;
  if (resolver === null) return [];
  return [
    `sources asked (nsswitch.conf): ${resolver.sources.join(', ')}`,
    resolver.nameservers.length === 0
      ? 'resolv.conf names no server'
      : `servers (resolv.conf): ${resolver.nameservers.join(', ')}`,
  ];
};

const addToHosts = (name: string, facts: EndpointFacts): Action => {
  const path = hostsPath(facts);
  const line = shellCommand('echo', `${customaryAddress(name) ?? '127.0.0.1'} ${name}`);
  return {
    label: `if ${name} is meant to be this machine, give it an address here`,
    ...byRoot('sh', '-c', `${line} >> ${shellCommand(path)}`),
    changes: `adds a line to ${path}`,
  };
};
