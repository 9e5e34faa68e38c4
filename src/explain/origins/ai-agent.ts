import type { OriginDetector, OriginFacts } from '../origin.ts';
import { agentOfEnvironment } from '../agent-variables.ts';
import {
  ancestorEvidence,
  environmentOf,
  findAncestor,
  inheritedVariable,
  launchOf,
} from '../origin-match.ts';

/** A shell that an AI agent runs commands in: an ancestor is the agent, or its variable came down. */
export const aiAgent: OriginDetector = {
  id: 'ai-agent',
  detect: (facts) => {
    const ancestor = findAncestor(facts, (link) => launchOf(link.command).agent !== null);
    const variable = variableOf(facts);
    if (ancestor === null && variable === null) return null;
    const agent =
      (ancestor === null ? null : launchOf(ancestor.link.command).agent) ?? variable?.agent;
    return {
      label: `an AI agent's shell (${agent})`,
      evidence: [
        ...(ancestor === null ? [] : [ancestorEvidence(ancestor)]),
        ...(variable === null ? [] : [`environment ${variable.name}=${variable.value}`]),
        ...(ancestor === null ? [`no ancestor is ${agent} any more`] : []),
      ],
      restarts: false,
      at: ancestor?.at ?? variable?.at ?? 0,
    };
  },
};

const variableOf = (
  facts: OriginFacts,
): { name: string; agent: string; value: string; at: number } | null => {
  const [owner] = facts.chain;
  const named = owner === undefined ? null : agentOfEnvironment(environmentOf(owner));
  const found = named === null ? null : inheritedVariable(facts, named.variable);
  return (
    named && found && { name: named.variable, agent: named.agent, value: found.value, at: found.at }
  );
};
