import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** air, Go's live reload, and the binary that it builds into the project's `tmp/`. */
export const air: ProgramDetector = {
  id: 'air',
  name: 'air',
  kind: 'dev-server',
  detect: (facts) => {
    const { exe, project } = facts;
    const built = project !== null && exe === `${project.root}/tmp/main`;
    return built && project.markers.includes('go.mod')
      ? { evidence: [`executable ${exe}`], label: 'Go app built by air' }
      : byExecutable(facts, 'air');
  },
};
