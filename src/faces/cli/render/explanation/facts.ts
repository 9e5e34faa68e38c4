import { line, span, type Line } from '../../text/line.ts';
import type { ExplanationView } from './section.ts';

/** Facts on one line, `·` between them; those that are null are left out. */
export const factLine = (facts: readonly (string | null)[]): Line =>
  facts
    .filter((fact) => fact !== null && fact !== '')
    .flatMap((fact, index) => [...(index === 0 ? [] : [span(' · ', 'dim')]), span(fact ?? '')]);

/** What a judgement rests on: shown only where everything is. */
export const evidenceLines = (evidence: readonly string[], view: ExplanationView): Line[] =>
  view.verbose ? evidence.map((fact) => line(`– ${fact}`, 'dim')) : [];
