import type { Container, PublishedPort } from '../model/container.ts';
import { inBlock } from '../model/ip.ts';
import { isKnown, isUnknown } from '../model/known.ts';
import type { Exposure, ExposureLevel } from '../model/listener.ts';
import type { NetworkInterface } from '../model/machine.ts';
import { isLoopback, isWildcard, scopeOf } from '../model/scope.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { exposureHere, familiesAnswered } from './exposure-here.ts';
import type { ExposureFacts } from './exposure-here.ts';
import { widestLevel } from './exposure-level.ts';
import { isWildcardText, nameOf, publishedPorts } from './exposure-published.ts';
import { isInternalBridge, reachesOf } from './exposure-reach.ts';

/** A listener of another network namespace: its own loopback, its published ports, its addresses. */
export const exposureElsewhere = (facts: ExposureFacts): Exposure => {
  const container = containerOf(facts);
  const place =
    container === null ? `network namespace ${facts.namespace}` : `container ${nameOf(container)}`;
  const published =
    container === null ? [] : publishedPorts(container).filter((one) => isSource(one, facts));
  if (isLoopback(facts.address)) return ownLoopbackExposure(facts, place, published);
  if (published.length > 0) return publishedExposure(facts, place, published);
  const own = ownAddressesExposure(
    facts,
    container === null ? place : `${place}, and not published on this machine`,
  );
  if (container === null || isKnown(container.published)) return own;
  return {
    ...own,
    level: 'unknown',
    reasons: [...own.reasons, 'its published ports could not be read'],
  };
};

const ownLoopbackExposure = (
  facts: ExposureFacts,
  place: string,
  published: readonly PublishedPort[],
): Exposure => {
  const reasons = [`bound to ${facts.address} of ${place}: another loopback than this machine's`];
  if (published.length > 0) {
    reasons.push(
      `port ${facts.port} is published, but leads nowhere while the server is bound to loopback`,
    );
  }
  return { level: 'this-container', reasons, reachableVia: [] };
};

const publishedExposure = (
  facts: ExposureFacts,
  place: string,
  published: readonly PublishedPort[],
): Exposure => {
  const exposures = published.map((one) =>
    exposureHere({
      ...facts,
      namespace: 'this',
      address:
        isWildcardText(one.hostAddress) && one.hostAddress !== '::' ? '0.0.0.0' : one.hostAddress,
      port: one.hostPort,
      v6only: true,
      interfaceName: null,
    }),
  );
  return {
    level: widestLevel(exposures.map(({ level }) => level)),
    reasons: [`port ${facts.port} of ${place}`, ...new Set(exposures.flatMap(asPublished))],
    reachableVia: [...new Set(exposures.flatMap(({ reachableVia }) => reachableVia))],
  };
};

const asPublished = ({ reasons }: Exposure): string[] =>
  reasons.map((reason) => reason.replace(/^bound to /, 'published on '));

/** Not published: whoever reaches the namespace's own addresses, as far as this machine's networks tell. */
const ownAddressesExposure = (facts: ExposureFacts, place: string): Exposure => {
  const wildcard = isWildcard(facts.address);
  const families = familiesAnswered(facts, facts.address);
  const reaches = reachesOf(facts.interfaces, facts.namespace).filter((reach) =>
    wildcard ? families.answered.has(reach.family) : reach.address === facts.address,
  );
  const outer = reaches.filter(
    ({ address, loopback }) => !loopback && scopeOf(address) !== 'link-local',
  );
  const reasons = [`bound to ${facts.address} of ${place}`];
  const reachableVia = outer.map(({ address }) => endpointText(address, facts.port));
  if (reaches.length === 0) {
    return {
      level: 'unknown',
      reasons: [...reasons, 'its interfaces could not be read'],
      reachableVia,
    };
  }
  if (outer.length === 0) {
    return {
      level: 'this-container',
      reasons: [...reasons, 'it has no address but loopback'],
      reachableVia,
    };
  }
  const levels = outer.map(({ address }) => bridgedLevel(address, facts.interfaces));
  reasons.push(...levels.map(({ reason }) => reason));
  return { level: widestLevel(levels.map(({ level }) => level)), reasons, reachableVia };
};

const bridgedLevel = (
  address: string,
  interfaces: readonly NetworkInterface[],
): { level: ExposureLevel; reason: string } => {
  const bridge = interfaces.find(
    (one) =>
      one.namespace === 'this' &&
      one.addresses.some((own) => inBlock(address, `${own.address}/${own.prefixLength}`)),
  );
  if (bridge === undefined) {
    return { level: 'unknown', reason: `${address} is in no network of this machine's interfaces` };
  }
  return isInternalBridge(bridge.name)
    ? {
        level: 'this-machine',
        reason: `this machine and the containers on ${bridge.name} reach it at ${address}`,
      }
    : {
        level: 'local-network',
        reason: `${address} is in the network of ${bridge.name}, whose machines may reach it`,
      };
};

const containerOf = (facts: ExposureFacts): Container | null => {
  const { containerId = null, containers } = facts;
  if (containerId !== null) return containers.find(({ id }) => id === containerId) ?? null;
  const addresses = new Set(
    reachesOf(facts.interfaces, facts.namespace)
      .filter(({ loopback }) => !loopback)
      .map(({ address }) => address),
  );
  const matches = containers.filter(
    (one) => !isUnknown(one.addresses) && one.addresses.some((address) => addresses.has(address)),
  );
  // The containers of a pod share one namespace, and one of them publishes for all.
  const publishing = matches.find((one) =>
    publishedPorts(one).some((port) => isSource(port, facts)),
  );
  return publishing ?? matches[0] ?? null;
};

const isSource = (published: PublishedPort, facts: ExposureFacts): boolean =>
  published.transport === facts.transport && published.containerPort === facts.port;
