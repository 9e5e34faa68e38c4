import type { Container, PublishedPort } from '../model/container.ts';
import { knownOr } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { onSamePort } from './answering.ts';
import type { EndpointFacts } from './facts.ts';
import { isNamedAmong } from './usual-port.ts';

/** What a container is called: its name, else the start of its id. */
export const containerName = ({ name, id }: Container): string => knownOr(name, id.slice(0, 12));

/** The command of a container's engine with these words, where that is one a person types. */
export const engineCommand = (container: Container, ...words: readonly string[]): string | null =>
  container.engine === 'docker' || container.engine === 'podman'
    ? shellCommand(container.engine, ...words)
    : null;

/** The published ports of a container that lead to its port; empty too where they are not known. */
export const publishedFor = (
  { published }: Container,
  containerPort: number,
): readonly PublishedPort[] =>
  knownOr(published, []).filter(
    (one) => one.transport === 'tcp' && one.containerPort === containerPort,
  );

/** The listeners on the target's port that stand inside containers. */
export const listenersInContainers = (facts: EndpointFacts): readonly InetListener[] =>
  onSamePort(facts).filter(
    ({ container, namespace, transport }) =>
      container !== null && namespace !== 'this' && transport === 'tcp',
  );

/** The container that a listener belongs to, as its engine tells it; null: no engine told of it. */
export const containerOf = (
  { container }: InetListener,
  { snapshot }: Pick<EndpointFacts, 'snapshot'>,
): Container | null =>
  container === null ? null : (snapshot.containers.find(({ id }) => id === container.id) ?? null);

/**
 * The containers whose image is one that developers commonly run on the target's port: `postgres:16`
 * for 5432. An image's name alone shows no listener.
 */
export const usualContainers = ({
  snapshot,
  port,
}: Pick<EndpointFacts, 'snapshot' | 'port'>): readonly Container[] =>
  snapshot.containers.filter(({ image }) => {
    const name = imageName(knownOr(image, ''));
    return name !== '' && isNamedAmong([name, imageAliases[name] ?? name], port.commonUses);
  });

/** `postgres` of `docker.io/library/postgres:16-alpine@sha256:…`. */
const imageName = (image: string): string =>
  image
    .replace(/@.*$/, '')
    .split('/')
    .at(-1)
    ?.replace(/:[^:]*$/, '') ?? '';

/** Images that are not called as their programs are. */
const imageAliases: Readonly<Record<string, string>> = {
  httpd: 'apache',
  mongo: 'mongodb',
  postgis: 'postgresql',
  postgres: 'postgresql',
  'redis-stack': 'redis',
};
