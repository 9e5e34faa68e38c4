import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, environmentOf, findNamed, inheritedVariable } from '../origin-match.ts';
import { remoteLogins } from '../origin-names.ts';

/** A login from another machine; the peer's address is the first word of SSH_CONNECTION, ssh(1). */
export const ssh: OriginDetector = {
  id: 'ssh',
  detect: (facts) => {
    const server = findNamed(facts, remoteLogins);
    const left = server === null ? inheritedVariable(facts, 'SSH_CONNECTION') : null;
    if (server === null && left === null) return null;
    const [owner] = facts.chain;
    const connection = owner === undefined ? undefined : environmentOf(owner)['SSH_CONNECTION'];
    const peer = connection?.split(' ')[0];
    return {
      label: peer === undefined ? 'ssh session' : `ssh session from ${peer}`,
      evidence: [
        ...(server === null
          ? ['no ancestor is an ssh server: it has outlived the login']
          : [ancestorEvidence(server)]),
        ...(connection === undefined ? [] : [`environment SSH_CONNECTION=${connection}`]),
      ],
      restarts: false,
      at: server?.at ?? left?.at ?? 0,
    };
  },
};
