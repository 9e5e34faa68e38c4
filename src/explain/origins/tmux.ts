import { agentOfEnvironment } from '../agent-variables.ts';
import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, environmentOf, findNamed, inheritedVariable } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set(['tmux']);

/** A pane of tmux: it outlives the terminal and the ssh login it was started from. */
export const tmux: OriginDetector = {
  id: 'tmux',
  detect: (facts) => {
    const server = findNamed(facts, names);
    const left = server === null ? inheritedVariable(facts, 'TMUX_PANE') : null;
    if (server === null && left === null) return null;
    const [owner] = facts.chain;
    const pane = owner === undefined ? undefined : environmentOf(owner)['TMUX_PANE'];
    const agent = server === null ? null : agentOfEnvironment(environmentOf(server.link));
    return {
      label: pane === undefined ? 'tmux' : `tmux pane ${pane}`,
      evidence: [
        ...(server === null
          ? ['it has left the pane: no ancestor is tmux']
          : [ancestorEvidence(server)]),
        ...(pane === undefined ? [] : [`environment TMUX_PANE=${pane}`]),
        ...(agent === null
          ? []
          : [
              `tmux itself was started from an AI agent's shell (${agent.agent}): ${agent.variable} is in its environment`,
            ]),
      ],
      restarts: false,
      at: server?.at ?? left?.at ?? 0,
    };
  },
};
