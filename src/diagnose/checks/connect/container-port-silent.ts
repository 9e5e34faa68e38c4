import type { Container, PublishedPort } from '../../../model/container.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import type { InetListener, Listener } from '../../../model/listener.ts';
import { isLoopback } from '../../../model/scope.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { containerName, engineCommand } from '../../container-ports.ts';
import { describeListener, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';

/** A published port leads to a container in which nobody listens there, or only on its loopback. */
export const containerPortSilent: Check<EndpointFacts> = {
  id: 'container-port-silent',
  title: 'the container listens where its published port leads',
  stage: 'listener',
  explains: [
    'connection-reset',
    'connection-refused',
    'broken-pipe',
    'timeout',
    'proxy-error',
    'container-unpublished',
  ],
  judge: (facts) => {
    const published = publishedHere(facts);
    if (published === null) return notApplicable;
    const { container, port } = published;
    const namespace = namespaceOf(container, facts);
    if (namespace === 'this') return notApplicable;
    const name = containerName(container);
    if (namespace === null) return couldNotCheck(`what listens inside ${name} could not be read`);
    const inside = facts.listeners.filter(
      (one): one is InetListener =>
        one.transport === 'tcp' && one.namespace === namespace && one.port === port.containerPort,
    );
    const reached = inside.find(({ address }) => !isLoopback(address));
    if (reached !== undefined) {
      return pass(`${describeListener(reached)} listens on ${listenerEndpoint(reached)} inside`);
    }
    return found(container, port, inside[0] ?? null);
  },
};

type Published = { readonly container: Container; readonly port: PublishedPort };

const publishedHere = ({ snapshot, target }: EndpointFacts): Published | null => {
  for (const container of snapshot.containers) {
    const port = knownOr(container.published, []).find(
      (one) => one.transport === 'tcp' && one.hostPort === target.port,
    );
    if (port !== undefined) return { container, port };
  }
  return null;
};

/** The container's network namespace, where sockets of it could be read; null: they could not. */
const namespaceOf = (
  { id, pid }: Container,
  { listeners, snapshot }: EndpointFacts,
): Listener['namespace'] | null => {
  const own = listeners.find(({ container }) => container?.id === id);
  if (own !== undefined) return own.namespace;
  const process = isKnown(pid) ? snapshot.processes.find((one) => one.pid === pid) : undefined;
  const namespace = process === undefined ? null : knownOr(process.namespaces.net, null);
  if (namespace !== null && namespace === knownOr(snapshot.machine.namespace, null)) return 'this';
  return snapshot.sockets.some((socket) => socket.namespace === namespace) ? namespace : null;
};

const found = (container: Container, port: PublishedPort, inside: InetListener | null) => {
  const name = containerName(container);
  const log = engineCommand(container, 'logs', '--tail', '50', name);
  const leads = `${port.hostAddress}:${port.hostPort} of this machine leads to port ${port.containerPort} of the container ${name}`;
  return failed({
    id: 'container-port-silent',
    severity: 'warning',
    title:
      inside === null
        ? `${leads}, and nobody listens there`
        : `${leads}, where ${describeListener(inside)} listens on the container's own loopback only`,
    evidence: [
      leads,
      inside === null
        ? `no socket listens on port ${port.containerPort} inside the container`
        : `${listenerEndpoint(inside)} inside the container: what is published arrives at another address than that`,
    ],
    actions: [
      {
        label:
          inside === null
            ? `publish the port that the program listens on, or tell it to listen on ${port.containerPort}`
            : 'tell the program inside to listen on 0.0.0.0 (often an option --host)',
        command: null,
      },
      ...(log === null ? [] : [{ label: 'see what the container says', command: log }]),
    ],
  });
};
