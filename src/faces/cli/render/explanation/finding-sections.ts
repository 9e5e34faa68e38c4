import type { Explanation } from '../../../../model/explanation.ts';
import type { Action, Finding, Severity } from '../../../../model/finding.ts';
import { line, span, type Line, type Style } from '../../text/line.ts';
import type { ExplanationView, Section } from './section.ts';

const styles: Readonly<Record<Severity, Style>> = {
  critical: 'danger',
  warning: 'caution',
  notice: 'accent',
  info: 'dim',
};

/** What matters about it, and what to do next. */
export const findingSections = (
  { findings, next }: Explanation,
  view: ExplanationView,
): readonly Section[] => [
  { label: 'findings', lines: findings.flatMap((finding) => findingLines(finding, view)) },
  { label: 'next', lines: actionLines(next) },
];

const findingLines = (finding: Finding, view: ExplanationView): Line[] => [
  [span(finding.severity, styles[finding.severity]), span(`  ${finding.title}`, 'strong')],
  ...finding.evidence.map((fact) => line(`  ${fact}`, 'dim')),
  ...(view.verbose ? finding.benignCauses : []).map((cause) => line(`  may be: ${cause}`, 'dim')),
  ...actionLines(finding.actions).map((action) => [span('  '), ...action]),
];

const actionLines = (actions: readonly Action[]): Line[] =>
  actions.map(({ label, command }) =>
    command === null ? line(label) : [span(command, 'strong'), span(`  ${label}`, 'dim')],
  );
