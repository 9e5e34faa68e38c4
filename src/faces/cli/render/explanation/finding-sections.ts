import type { Explanation } from '../../../../model/explanation.ts';
import type { Action, Finding, Severity } from '../../../../model/finding.ts';
import { line, lineWidth, pad, span, type Line, type Style } from '../../text/line.ts';
import { counted } from '../../text/quantity.ts';
import type { ExplanationView, Section } from './section.ts';

const styles: Readonly<Record<Severity, Style>> = {
  critical: 'danger',
  warning: 'caution',
  notice: 'accent',
  info: 'dim',
};

/** What matters about it. */
export const findingSections = (
  { findings }: Explanation,
  view: ExplanationView,
): readonly Section[] => [
  { label: 'findings', lines: findings.flatMap((finding) => findingLines(finding, view)) },
];

/** What to do next. */
export const nextSections = ({ next }: Explanation, view: ExplanationView): readonly Section[] => [
  { label: 'next', lines: nextLines(next, view) },
];

type Room = Pick<ExplanationView, 'columns' | 'verbose'>;

/** Commands with what they are for: the labels one below the other, where all of them have room. */
export const nextLines = (next: readonly Action[], { columns }: Room): Line[] => {
  const lines = actionLines(next);
  const widest = Math.max(0, ...lines.map(([command]) => lineWidth(command ? [command] : [])));
  const aligned = lines.map(([command, ...label]): Line =>
    command === undefined || label.length === 0
      ? [command ?? span('')]
      : [...pad([command], widest), ...label],
  );
  const room = Math.min(columns ?? widestLine, widestLine);
  return aligned.every((one) => lineWidth(one) <= room) ? aligned : lines;
};

const widestLine = 100;

/** Facts of a finding that are shown where not everything is. */
const most = 4;

/** A finding: its severity and title, what shows it, and what to do. */
export const findingLines = (finding: Finding, view: Room): Line[] => {
  const evidence = view.verbose ? finding.evidence : finding.evidence.slice(0, most);
  const hidden = finding.evidence.length - evidence.length;
  return [
    [span(finding.severity, styles[finding.severity]), span(`  ${finding.title}`, 'strong')],
    ...evidence.map((fact) => line(`  ${fact}`, 'dim')),
    ...(hidden > 0 ? [line(`  and ${counted(hidden, 'fact')} more (--verbose)`, 'dim')] : []),
    ...(view.verbose ? finding.benignCauses : []).map((cause) => line(`  may be: ${cause}`, 'dim')),
    ...actionLines(finding.actions).map((action) => [span('  '), ...action]),
  ];
};

const actionLines = (actions: readonly Action[]): Line[] =>
  actions.map(({ label, command }) =>
    command === null ? line(label) : [span(command, 'strong'), span(`  ${label}`, 'dim')],
  );
