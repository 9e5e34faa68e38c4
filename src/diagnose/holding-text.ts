import { knownOr } from '../model/known.ts';
import { listenerEvidence } from './describe-listener.ts';
import type { EndpointFacts } from './facts.ts';
import type { Holding } from './port-holding.ts';
import { bindQuestion } from './bind-question.ts';

/** The lines that show a listener in the way: who, since when, why it runs, what the trial said. */
export const holdingEvidence = ({ listener }: Holding, facts: EndpointFacts): readonly string[] => {
  const origin = knownOr(listener.origin, null);
  const since = knownOr(listener.since, null);
  return [
    ...listenerEvidence(listener),
    ...(since === null ? [] : [`it runs since ${since}`]),
    ...(origin === null || origin.id === 'unknown' ? [] : [`why it runs: ${origin.label}`]),
    ...(origin?.restarts === true ? ['what started it starts it again when it ends'] : []),
    ...(listener.sockets.length > 1
      ? [
          `${listener.sockets.length} sockets share the port by SO_REUSEPORT: another joins them only as the same user and with the option set before bind`,
        ]
      : []),
    ...trialEvidence(facts),
  ];
};

/** What the kernel said to a bind that was tried just now. */
export const trialEvidence = (facts: EndpointFacts): readonly string[] => {
  const { trial, text } = bindQuestion(facts);
  if (trial === null) return [];
  const said = (code: string | null): string => (code === null ? 'succeeds' : `fails with ${code}`);
  return trial.reusing === trial.plain
    ? [`binding ${text} ${said(trial.plain)} now`]
    : [`binding ${text} ${said(trial.plain)} now, and with SO_REUSEADDR it ${said(trial.reusing)}`];
};
