import type { Diagnosis } from '../../../model/diagnosis.ts';
import type { FailureMessage } from '../../../model/failure.ts';
import { isUnknown } from '../../../model/known.ts';
import { line, span, type Line } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import { checkSections } from './diagnosis/check-sections.ts';
import { actionLines } from './diagnosis/action-lines.ts';
import {
  fixSections,
  otherSections,
  unsaidActions,
  whySections,
} from './diagnosis/cause-sections.ts';
import { messageLines, messageSections } from './diagnosis/message-sections.ts';
import { problemLines } from './diagnosis/problem-lines.ts';
import { stageSections } from './diagnosis/stage-sections.ts';
import type { DiagnosisView } from './diagnosis/view.ts';
import type { Section } from './explanation/section.ts';
import { answerWidth, groupLines, margin } from './group-lines.ts';

/** Renders a diagnosis: the cause in one sentence, how far a client gets, the evidence and the fix. */
export const renderDiagnosis = (diagnosis: Diagnosis, asked: DiagnosisView): readonly Line[] => {
  const width = answerWidth(asked.columns);
  const view = { ...asked, columns: asked.columns === null ? null : width - margin };
  const groups: readonly (readonly Section[])[] = [
    messageSections(diagnosis, view),
    stageSections(diagnosis, view),
    whySections(diagnosis, view),
    fixSections(diagnosis, view),
    otherSections(diagnosis, view),
    view.verbose ? checkSections(diagnosis.checks) : [],
    [{ label: 'next', lines: actionLines(unsaidActions(diagnosis, view), view.columns) }],
  ];
  return [
    ...wrap(headline(diagnosis), width),
    ...(diagnosis.target?.notes ?? []).flatMap((note) => wrap(line(note, 'dim'), width)),
    ...groups.flatMap((sections) => groupLines(sections, width)),
    ...problemsOf(diagnosis, view, width),
  ];
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

const problemsOf = (
  { problems, verdict, listeners }: Diagnosis,
  { verbose, sudoHelps }: DiagnosisView,
  width: number,
): readonly Line[] => {
  const isOpen = verdict === 'unexplained';
  const concealed = isOpen || listeners.some(({ owners }) => isUnknown(owners));
  const view = { verb: 'why', verbose, sudoHelps, concealed, incomplete: isOpen } as const;
  return problemLines(problems, view, width);
};

/** Renders what a message says, where nothing was to be looked at. */
export const renderMessage = (message: FailureMessage, source: string | null): readonly Line[] =>
  message.class === 'none'
    ? [line('The text tells of no connection or bind that failed.')]
    : messageLines(message, source);
