import type { Health } from '../../../model/diagnosis.ts';
import type { Finding } from '../../../model/finding.ts';
import { line, span, type Line } from '../text/line.ts';
import { counted } from '../text/quantity.ts';
import { wrap } from '../text/wrap.ts';
import { actionLines } from './diagnosis/action-lines.ts';
import { checkLine } from './diagnosis/check-sections.ts';
import { problemLines } from './diagnosis/problem-lines.ts';
import { answerWidth, hang } from './group-lines.ts';

/** How a machine's health is shown. */
export type HealthView = {
  readonly columns: number | null;
  readonly verbose: boolean;
  /** Whether `sudo` would show more of this machine. */
  readonly sudoHelps: boolean;
};

/**
 * Renders the health of the loopback stack: the answer, every fact, then what fails with what to do
 * about it, last, where a long answer ends and is read.
 */
export const renderHealth = (health: Health, view: HealthView): readonly Line[] => {
  const { columns, verbose } = view;
  const width = answerWidth(columns);
  const checks = health.checks.filter(({ result }) => verbose || result !== 'not-applicable');
  const findings = health.findings.toSorted((one, other) => rank(one) - rank(other));
  return [
    ...wrap(headline(health), width),
    ...apart(
      checks
        .filter(({ id }) => !findings.some((one) => one.id === id))
        .flatMap((check) => wrap(checkLine(check), width, 2)),
    ),
    ...findings.flatMap((finding) => apart(findingLines(finding, width, verbose))),
    ...problemLines(health.problems, { verb: 'doctor', ...all, ...view }, width),
  ];
};

/** Everything of this machine is asked for. */
const all = { concealed: true, incomplete: true } as const;

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

const rank = (finding: Finding): number => (isGrave(finding) ? 0 : 1);

/** With a blank line before them; nothing for none. */
const apart = (lines: readonly Line[]): readonly Line[] =>
  lines.length === 0 ? [] : [[], ...lines];

const findingLines = (finding: Finding, width: number, verbose: boolean): Line[] => [
  ...wrap(failing(finding), width, 2),
  ...detailLines(finding, width - indent.length, verbose).flatMap((one) =>
    wrap(one, width - indent.length, hang(one)).map((part): Line => [span(indent), ...part]),
  ),
];

const failing = (finding: Finding): Line =>
  isGrave(finding)
    ? [span('✗ ', 'danger'), span(finding.title, 'strong')]
    : [span('! ', 'caution'), span(finding.title)];

const most = 3;

const indent = '  ';

const detailLines = (
  { evidence, actions }: Finding,
  columns: number,
  verbose: boolean,
): readonly Line[] => [
  ...(verbose ? evidence : evidence.slice(0, most)).map((fact) => line(fact, 'dim')),
  ...actionLines(actions, columns),
];
