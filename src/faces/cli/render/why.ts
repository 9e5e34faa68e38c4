import type { Diagnosis } from '../../../model/diagnosis.ts';
import type { FailureMessage } from '../../../model/failure.ts';
import { line, span, type Line } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import { checkSections } from './diagnosis/check-sections.ts';
import { causeSections } from './diagnosis/cause-sections.ts';
import { messageLines, messageSections } from './diagnosis/message-sections.ts';
import { stageSections } from './diagnosis/stage-sections.ts';
import type { DiagnosisView } from './diagnosis/view.ts';
import { nextLines } from './explanation/finding-sections.ts';
import type { Section } from './explanation/section.ts';
import { answerWidth, groupLines, margin } from './group-lines.ts';

/** Renders a diagnosis: the cause in one sentence, how far a client gets, the evidence and the fix. */
export const renderDiagnosis = (diagnosis: Diagnosis, asked: DiagnosisView): readonly Line[] => {
  const width = answerWidth(asked.columns);
  const view = { ...asked, columns: asked.columns === null ? null : width - margin };
  const groups: readonly (readonly Section[])[] = [
    messageSections(diagnosis, view),
    stageSections(diagnosis, view),
    causeSections(diagnosis, view),
    view.verbose ? checkSections(diagnosis.checks) : [],
    [{ label: 'next', lines: nextLines(unsaid(diagnosis), view) }],
  ];
  return [
    ...wrap(headline(diagnosis), width),
    ...(diagnosis.target?.notes ?? []).flatMap((note) => wrap(line(note, 'dim'), width)),
    ...groups.flatMap((sections) => groupLines(sections, width)),
    ...problemLines(diagnosis, view, width),
  ];
};

/** The fix stands beside the cause already. */
const unsaid = ({ next, causes: [first], verdict }: Diagnosis): Diagnosis['next'] => {
  const said = verdict === 'explained' ? (first?.actions ?? []) : [];
  return next.filter(
    ({ command, label }) =>
      !said.some((one) => one.command === command && (command !== null || one.label === label)),
  );
};

/** A sentence begins with a capital, a name as it is spelled: `vite (pid 4242)`, `localhost`, `db`. */
const capitalised = (text: string): string =>
  /^(?:an?|all|another|every|it|no|nobody|nothing|something|the|this|two|what|whoever) /.test(text)
    ? `${text.charAt(0).toUpperCase()}${text.slice(1)}`
    : text;

const headline = ({ answer, verdict }: Diagnosis): Line => {
  const sentence = capitalised(answer);
  const end = /[.!?]$/.test(sentence) ? '' : '.';
  return [span(`${sentence}${end}`, verdict === 'works' ? 'good' : 'strong')];
};

const problemLines = (
  { problems }: Diagnosis,
  { sudoHelps }: DiagnosisView,
  width: number,
): Line[] => {
  const details = [...new Set(problems.map(({ detail }) => detail))];
  const denied = problems.some(({ reason }) => reason === 'denied') && sudoHelps;
  const lines: Line[] = [
    ...details.map((detail): Line => [span('! ', 'caution'), span(detail, 'dim')]),
    ...(denied ? [[span('  sudo homeport why', 'strong'), span(' shows more', 'dim')]] : []),
  ];
  return lines.length === 0 ? [] : [[], ...lines.flatMap((one) => wrap(one, width, 2))];
};

/** Renders what a message says, where nothing was to be looked at. */
export const renderMessage = (message: FailureMessage, source: string | null): readonly Line[] =>
  message.class === 'none'
    ? [line('The text tells of no connection or bind that failed.')]
    : messageLines(message, source);
