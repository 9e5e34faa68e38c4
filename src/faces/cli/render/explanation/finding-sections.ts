import type { Explanation } from '../../../../model/explanation.ts';
import type { Action, Finding, Severity } from '../../../../model/finding.ts';
import { line, span, type Line, type Style } from '../../text/line.ts';
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
export const nextSections = ({ next }: Explanation): readonly Section[] => [
  { label: 'next', lines: actionLines(next) },
];

/** Facts of a finding that are shown where not everything is. */
const most = 4;

const findingLines = (finding: Finding, view: ExplanationView): Line[] => {
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
