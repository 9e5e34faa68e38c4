import type { Container, PublishedPort } from '../model/container.ts';
import { isKnown, isUnknown } from '../model/known.ts';
import { isWildcard } from '../model/scope.ts';
import type { ExposureFacts } from './exposure-here.ts';

/** Names the containers whose published port a listener of this machine is. */
export const publishingReasons = (facts: ExposureFacts): string[] =>
  facts.containers.flatMap((container) =>
    publishedPorts(container)
      .filter((published) => isPublishedAt(published, facts))
      .map(
        (published) =>
          `publishes port ${published.containerPort} of container ${nameOf(container)}`,
      ),
  );

const isPublishedAt = (published: PublishedPort, facts: ExposureFacts): boolean =>
  published.transport === facts.transport &&
  published.hostPort === facts.port &&
  (published.hostAddress === facts.address ||
    (isWildcardText(published.hostAddress) && isWildcard(facts.address)));

/** What a container publishes, as far as it is known. */
export const publishedPorts = (container: Container): readonly PublishedPort[] =>
  isUnknown(container.published) ? [] : container.published;

/** The name people know a container by, or its short id. */
export const nameOf = (container: Container): string =>
  isKnown(container.name) ? container.name : container.id.slice(0, 12);

/** Engines write every address as 0.0.0.0, ::, or not at all. */
export const isWildcardText = (hostAddress: string): boolean =>
  hostAddress === '' || isWildcard(hostAddress);
