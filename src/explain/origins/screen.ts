import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, environmentOf, findNamed } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set(['screen']);

/** A window of GNU screen; `STY` is the session's name. */
export const screen: OriginDetector = {
  id: 'screen',
  detect: (facts) => {
    const found = findNamed(facts, names);
    if (found === null) return null;
    const session = facts.chain[0] === undefined ? undefined : environmentOf(facts.chain[0])['STY'];
    return {
      label: session === undefined ? 'screen session' : `screen session ${session}`,
      evidence: [
        ancestorEvidence(found),
        ...(session === undefined ? [] : [`environment STY=${session}`]),
      ],
      restarts: false,
      at: found.at,
    };
  },
};
