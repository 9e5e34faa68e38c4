import type { Explanation } from '../../../model/explanation.ts';
import { isUnknown } from '../../../model/known.ts';
import { line, span, type Line } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import { anatomySections } from './explanation/anatomy-sections.ts';
import { detailSections } from './explanation/detail-sections.ts';
import { findingSections, nextSections } from './explanation/finding-sections.ts';
import { headline } from './explanation/headline.ts';
import { ownerSections } from './explanation/owner-sections.ts';
import { protocolSection } from './explanation/protocol-section.ts';
import { reachSections } from './explanation/reach-sections.ts';
import type { ExplanationView, Section } from './explanation/section.ts';
import { answerWidth, groupLines, margin } from './group-lines.ts';
import { talkSections } from './explanation/talk-sections.ts';

/** Renders an explanation: the answer in one sentence, then what it rests on, then what to do. */
export const renderExplanation = (
  explanation: Explanation,
  asked: ExplanationView,
): readonly Line[] => {
  const width = answerWidth(asked.columns);
  const view = { ...asked, columns: asked.columns === null ? null : width - margin };
  const groups: readonly (readonly Section[])[] = [
    ownerSections(explanation, view),
    [...answerSections(explanation, view), ...reachSections(explanation, view)],
    talkSections(explanation, view),
    anatomySections(explanation, view),
    view.verbose ? detailSections(explanation) : [],
    findingSections(explanation, view),
    nextSections(explanation, view),
  ];
  return [
    ...wrap(headline(explanation), width),
    ...explanation.target.notes.flatMap((note) => wrap(line(note, 'dim'), width)),
    ...groups.flatMap((sections) => groupLines(sections, width)),
    ...problemLines(explanation, view, width),
  ];
};

const answerSections = (explanation: Explanation, view: ExplanationView): readonly Section[] =>
  explanation.listeners.length === 0 ? [] : [protocolSection(explanation, view)];

const problemLines = (
  { problems, owner, next }: Explanation,
  view: ExplanationView,
  width: number,
): Line[] => {
  const details = [...new Set(problems.map(({ detail }) => detail))];
  const saysSudo = next.some(({ command }) => command?.startsWith('sudo homeport') === true);
  const denied =
    problems.some(({ reason }) => reason === 'denied') ||
    (owner !== null && isUnknown(owner) && owner.unknown === 'denied');
  const lines: Line[] = [
    ...details.map((detail): Line => [span('! ', 'caution'), span(detail, 'dim')]),
    ...(denied && view.sudoHelps && !saysSudo
      ? [[span('  '), span('sudo homeport', 'strong'), span(' shows more', 'dim')]]
      : []),
  ];
  return lines.length === 0 ? [] : [[], ...lines.flatMap((one) => wrap(one, width, 2))];
};
