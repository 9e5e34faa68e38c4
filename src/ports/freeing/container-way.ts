import type { Container } from '../../model/container.ts';
import type { Restarter } from '../../model/freeing.ts';
import { isKnown, knownOr } from '../../model/known.ts';
import { isOperand, shellCommand } from '../../model/shell-quote.ts';
import type { FreeingFacts } from './facts.ts';
import { type WayToStop, wayOf } from './stop-way.ts';

/** Stops a container by its engine. `ends`: processes here that end with it. */
export const containerWay = (
  container: Container,
  ends: readonly number[],
  facts: Pick<FreeingFacts, 'restartPolicies'>,
): WayToStop => {
  const name = knownOr(container.name, container.id.slice(0, 12));
  return wayOf({
    steps: [
      {
        verb: 'container-stop',
        target: name,
        pid: knownOr(container.pid, null),
        command: isOperand(name) ? shellCommand(container.engine, 'stop', name) : null,
        why: `container ${name} has the port; its engine stops it, and takes the port back`,
        action: { kind: 'container', id: container.id },
      },
    ],
    ends,
    restartedBy: restarterOf(container, name, facts),
    left: leftOf(container, name),
  });
};

/** A container that was stopped on purpose is not restarted by its policy (docker run --restart). */
const restarterOf = (
  { id, engine }: Container,
  name: string,
  { restartPolicies }: Pick<FreeingFacts, 'restartPolicies'>,
): Restarter | null => {
  const policy = restartPolicies[id];
  if (policy === undefined || !isKnown(policy) || policy === 'no') return null;
  return {
    id: 'container-engine',
    label: `${engine}, by the restart policy ${policy} of container ${name}`,
    evidence: [`HostConfig.RestartPolicy ${policy}`],
    stopped: true,
  };
};

const leftOf = ({ compose, engine }: Container, name: string): readonly string[] => {
  const project = knownOr(compose, null);
  return [
    `the stopped container ${name} is kept: ${shellCommand(engine, 'start', name)} starts it again`,
    ...(project === null
      ? []
      : [`the other services of the Compose project ${project.project} go on`]),
  ];
};
