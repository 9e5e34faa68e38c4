import type { CheckReport, Health } from '../../../model/diagnosis.ts';
import type { Finding } from '../../../model/finding.ts';
import { line, span, type Line } from '../text/line.ts';
import { counted } from '../text/quantity.ts';
import { wrap } from '../text/wrap.ts';
import { actionLines } from './diagnosis/cause-sections.ts';
import { checkLine } from './diagnosis/check-sections.ts';
import { answerWidth } from './group-lines.ts';

/** How a machine's health is shown. */
export type HealthView = {
  readonly columns: number | null;
  readonly verbose: boolean;
};

/** Renders the health of the loopback stack: the answer, every fact, then what to do about what fails. */
export const renderHealth = (health: Health, { columns, verbose }: HealthView): readonly Line[] => {
  const width = answerWidth(columns);
  const checks = health.checks.filter(({ result }) => verbose || result !== 'not-applicable');
  return [
    ...wrap(headline(health), width),
    [],
    ...checks.flatMap((check) => checkLines(check, health.findings, width, verbose)),
    ...problemLines(health, width),
  ];
};

const headline = ({ checks, findings, sound }: Health): Line => {
  const grave = findings.filter(isGrave).length;
  const notices = findings.length - grave;
  const unseen = checks.filter(({ result }) => result === 'unknown' || result === 'error').length;
  const rest = [
    ...(notices === 0 ? [] : [`${counted(notices, 'thing')} to know`]),
    ...(unseen === 0 ? [] : [`${counted(unseen, 'check')} could not be made`]),
  ];
  const more = span(rest.length === 0 ? '.' : `; ${rest.join(', ')}.`);
  if (sound) return [span('The loopback stack of this machine is sound', 'good'), more];
  return grave === 0
    ? [span('Nothing wrong was found, as far as it could be looked at', 'caution'), more]
    : [span(`${counted(grave, 'thing')} wrong with this machine`, 'danger'), more];
};

const isGrave = ({ severity }: Finding): boolean =>
  severity === 'warning' || severity === 'critical';

const checkLines = (
  check: CheckReport,
  findings: readonly Finding[],
  width: number,
  verbose: boolean,
): Line[] => {
  const own = check.result === 'fail' ? findings.filter(({ id }) => id === check.id) : [];
  const told = own.length === 0 ? [checkLine(check)] : own.map(failing);
  return [
    ...told.flatMap((one) => wrap(one, width, 2)),
    ...own.flatMap((finding) =>
      detailLines(finding, verbose).flatMap((one) => wrap(one, width, 6)),
    ),
  ];
};

const failing = (finding: Finding): Line =>
  isGrave(finding)
    ? [span('✗ ', 'danger'), span(finding.title, 'strong')]
    : [span('! ', 'caution'), span(finding.title)];

const most = 3;

const detailLines = ({ evidence, actions }: Finding, verbose: boolean): Line[] =>
  [
    ...(verbose ? evidence : evidence.slice(0, most)).map((fact) => line(fact, 'dim')),
    ...actionLines(actions),
  ].map((one): Line => [span('    '), ...one]);

const problemLines = ({ problems }: Health, width: number): Line[] => {
  const details = [...new Set(problems.map(({ detail }) => detail))];
  const lines = details.map((detail): Line => [span('! ', 'caution'), span(detail, 'dim')]);
  return lines.length === 0 ? [] : [[], ...lines.flatMap((one) => wrap(one, width, 2))];
};
