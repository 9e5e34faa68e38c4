import { isKnown } from '../../model/known.ts';
import type { OriginDetector } from '../origin.ts';
import { containerTop } from '../container-top.ts';

/** A container that belongs to a Compose project. */
export const dockerCompose: OriginDetector = {
  id: 'docker-compose',
  detect: (facts) => {
    const { container } = facts;
    if (container === null || !isKnown(container.compose) || container.compose === null)
      return null;
    const { project, service } = container.compose;
    const tool = container.engine === 'podman' ? 'podman compose' : 'docker compose';
    return {
      label: `${tool} service ${service} of ${project}`,
      evidence: [
        `container ${container.id.slice(0, 12)} has the labels of Compose project ${project}`,
      ],
      restarts: null,
      at: containerTop(facts, container.id),
    };
  },
};
