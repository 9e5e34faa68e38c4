import type { FreeCandidate } from '../../../model/freeing.ts';
import { isKnown } from '../../../model/known.ts';
import { line, span, type Line } from '../text/line.ts';
import { longDuration } from '../text/quantity.ts';
import type { FreeView } from './free-plan.ts';

/** Renders a numbered list of what could be stopped, with what speaks for each. */
export const renderCandidates = (
  candidates: readonly FreeCandidate[],
  view: FreeView,
): readonly Line[] =>
  candidates.length === 0
    ? [line('Nothing here is what was asked for.')]
    : candidates.flatMap((candidate, at) => candidateLines(candidate, at, view));

const candidateLines = (
  { endpoint, name, pid, project, startedAt, idleMs, evidence }: FreeCandidate,
  at: number,
  view: FreeView,
): readonly Line[] => {
  const whose = project === null ? '' : ` of ${project}`;
  const age = longDuration(view.now - Date.parse(startedAt));
  const silent = isKnown(idleMs) ? `, silent for ${longDuration(idleMs)}` : '';
  return [
    [
      span(`${at + 1}  `, 'dim'),
      span(endpoint, 'strong'),
      span(`  ${name}${whose} (pid ${pid}), runs for ${age}${silent}`),
    ],
    ...evidence.map((fact) => line(`   – ${fact}`, 'dim')),
  ];
};
