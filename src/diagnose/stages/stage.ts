import type { Stage, StageId } from '../../model/diagnosis.ts';
import type { Evidence } from '../../model/listener.ts';
import type { EndpointFacts } from '../facts.ts';

/** Tells how one stage went: a pure function of facts. */
export type JudgeStage = (facts: EndpointFacts) => Stage;

/** Makes a stage's result; without evidence and time where they are left out. */
export const stage = (
  id: StageId,
  result: Stage['result'],
  summary: string,
  more: { readonly evidence?: Evidence; readonly durationMs?: number } = {},
): Stage => ({
  id,
  result,
  summary,
  evidence: more.evidence ?? [],
  durationMs: more.durationMs ?? null,
});
