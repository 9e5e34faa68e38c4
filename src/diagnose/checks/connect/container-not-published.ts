import type { Container, PublishedPort } from '../../../model/container.ts';
import type { Action } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import type { InetListener } from '../../../model/listener.ts';
import { isLoopback } from '../../../model/scope.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { answersOf } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import {
  containerName,
  containerOf,
  engineCommand,
  listenersInContainers,
  publishedFor,
  usualContainers,
} from '../../container-ports.ts';
import { describeListener, listenerEndpoint, listenerEvidence } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';

/** A container has the port, and nothing of this machine leads there. */
export const containerNotPublished: Check<EndpointFacts> = {
  id: 'container-not-published',
  title: 'the container that has the port publishes it',
  stage: 'listener',
  explains: [...refusals, 'container-unpublished'],
  judge: (facts) => {
    const answers = answersOf(facts);
    if (answers.length === 0 || facts.addresses.some((address) => isOfContainer(address, facts))) {
      return notApplicable;
    }
    if (answers.some(({ listener }) => listener !== null)) return pass('this machine answers');
    const [listener] = listenersInContainers(facts);
    if (listener !== undefined) return ofListener(listener, facts);
    const [container] = usualContainers(facts);
    if (container === undefined) return notApplicable;
    return isKnown(container.published)
      ? ofImage(container, facts)
      : couldNotCheck(`the ports that ${containerName(container)} publishes could not be read`);
  },
};

const isOfContainer = (address: string, { snapshot }: EndpointFacts): boolean =>
  snapshot.containers.some(({ addresses }) => isKnown(addresses) && addresses.includes(address));

const ofListener = (listener: InetListener, facts: EndpointFacts) => {
  const container = containerOf(listener, facts);
  const published = container === null ? [] : publishedFor(container, listener.port);
  return failed({
    id: 'container-not-published',
    severity: 'warning',
    title: titleOf(
      `${describeListener(listener)} listens on ${listenerEndpoint(listener)} inside its container`,
      published,
    ),
    evidence: [
      ...listenerEvidence(listener),
      ...publishedEvidence(container),
      ...(isLoopback(listener.address)
        ? [
            `inside the container it listens on ${listener.address} alone, where no published port leads`,
          ]
        : []),
    ],
    actions:
      container === null
        ? [publishAdvice(null, listener.port)]
        : actionsFor(container, published, listener.port),
  });
};

const ofImage = (container: Container, facts: EndpointFacts) => {
  const { port } = facts.target;
  const published = publishedFor(container, port);
  return failed({
    id: 'container-not-published',
    severity: published.length === 0 ? 'notice' : 'warning',
    title: titleOf(
      `the container ${containerName(container)} has the image ${knownOr(container.image, '')}, which usually listens on ${port}`,
      published,
    ),
    evidence: [`container ${containerName(container)} runs`, ...publishedEvidence(container)],
    benignCauses: ['the container is meant for other containers alone'],
    actions: actionsFor(container, published, port),
  });
};

const titleOf = (what: string, published: readonly PublishedPort[]): string => {
  const [first] = published;
  return first === undefined
    ? `${what}, and the port is not published on this machine`
    : `${what}, and it is published as ${hostEndpoint(first)}`;
};

const hostEndpoint = ({ hostAddress, hostPort }: PublishedPort): string =>
  endpointText(hostAddress, hostPort);

const publishedEvidence = (container: Container | null): readonly string[] => {
  if (container === null) return ['no container engine told of it'];
  const published = knownOr(container.published, null);
  if (published === null) return ['the ports that it publishes could not be read'];
  return published.length === 0
    ? ['it publishes no port']
    : published.map((one) => `it publishes ${hostEndpoint(one)} → ${one.containerPort}`);
};

const actionsFor = (
  container: Container,
  published: readonly PublishedPort[],
  port: number,
): readonly Action[] => {
  const [first] = published;
  if (first !== undefined) {
    const host = isLoopback(first.hostAddress) ? first.hostAddress : 'localhost';
    return [
      {
        label: `ask for ${endpointText(host, first.hostPort)}, where it is published`,
        command: shellCommand('homeport', 'why', endpointText(host, first.hostPort)),
      },
    ];
  }
  const inspect = engineCommand(container, 'port', containerName(container));
  return [
    publishAdvice(container, port),
    ...(inspect === null ? [] : [{ label: 'see what it publishes', command: inspect }]),
  ];
};

const publishAdvice = (container: Container | null, port: number): Action => {
  const compose = container === null ? null : knownOr(container.compose, null);
  return compose === null
    ? {
        label: `start it again with -p 127.0.0.1:${port}:${port}: a running container can not be given a port`,
        command: null,
      }
    : {
        label: `write ports: ["127.0.0.1:${port}:${port}"] under services.${compose.service} of the Compose file, then start it again`,
        command: shellCommand(
          'docker',
          'compose',
          '--project-name',
          compose.project,
          ...(compose.workingDirectory === null
            ? []
            : ['--project-directory', compose.workingDirectory]),
          'up',
          '-d',
          compose.service,
        ),
        changes: `the container of ${compose.service} is made again`,
      };
};
