import type { Cause, Diagnosis } from '../../../../model/diagnosis.ts';
import type { Action } from '../../../../model/finding.ts';
import { line, span, type Line } from '../../text/line.ts';
import { counted } from '../../text/quantity.ts';
import type { Section } from '../explanation/section.ts';
import { actionLines } from './action-lines.ts';
import type { DiagnosisView } from './view.ts';

/** Causes shown where not everything is: the first explains, the others may play a part. */
const mostExplaining = 2;
const mostOthers = 2;

/** Why it fails, with the evidence. */
export const whySections = (diagnosis: Diagnosis, view: DiagnosisView): readonly Section[] => {
  const first = explaining(diagnosis);
  return [{ label: 'why', lines: first === null ? [] : causeLines(first, diagnosis, view) }];
};

/** What to do about it. */
export const fixSections = (diagnosis: Diagnosis, view: DiagnosisView): readonly Section[] => [
  { label: 'fix', lines: actionLines(explaining(diagnosis)?.actions ?? [], view.columns) },
];

/** What else may be the reason, and what was noticed beside. */
export const otherSections = (diagnosis: Diagnosis, view: DiagnosisView): readonly Section[] => {
  const others = diagnosis.causes.filter(
    ({ explains, severity }) => !explains && (view.verbose || isGrave(severity)),
  );
  return [
    {
      label: diagnosis.verdict === 'explained' ? 'or' : 'yet',
      lines: maybes(diagnosis, view).flatMap((one) => titled(one, view)),
    },
    // Of whom a message that names nobody tells is not known: any of them may be meant.
    diagnosis.target === null && diagnosis.verdict === 'unexplained'
      ? {
          label: 'may be',
          lines: cut(others, mostOthers, view).flatMap((one) => titled(one, view)),
        }
      : { label: 'also', lines: alsoLines(others, view) },
  ];
};

/** What is proposed to do that none of the sections above has said. */
export const unsaidActions = (diagnosis: Diagnosis, view: DiagnosisView): readonly Action[] => {
  const said = [
    ...(explaining(diagnosis)?.actions ?? []),
    ...maybes(diagnosis, view).flatMap(({ actions }) => actions.slice(0, 1)),
  ];
  return diagnosis.next.filter(
    ({ command, label }) =>
      !said.some((one) => one.command === command && (command !== null || one.label === label)),
  );
};

/** The cause that the headline names. */
const explaining = ({ causes, verdict }: Diagnosis): Cause | null =>
  verdict === 'explained' ? (causes.find(({ explains }) => explains) ?? null) : null;

/** The others. Where it works all the same, that may be another server than the one that is meant. */
const maybes = (diagnosis: Diagnosis, view: DiagnosisView): readonly Cause[] => {
  const first = explaining(diagnosis);
  const all = diagnosis.causes.filter((one) => one.explains && one !== first);
  return cut(all, mostExplaining, view);
};

const isGrave = (severity: Cause['severity']): boolean =>
  severity === 'warning' || severity === 'critical';

const cut = <T>(items: readonly T[], most: number, { verbose }: DiagnosisView): readonly T[] =>
  verbose ? items : items.slice(0, most);

/** The headline has said its title, the stages some of its facts. */
const causeLines = (cause: Cause, { stages }: Diagnosis, view: DiagnosisView): Line[] => {
  const said = view.verbose ? [] : stages.map(({ summary }) => summary);
  const facts = cause.evidence.filter((fact) => !said.some((one) => one.includes(fact)));
  return [
    ...cut(facts, 6, view).map((fact) => line(fact)),
    ...cause.benignCauses.map((text) => line(`may be: ${text}`, 'dim')),
  ];
};

const titled = (cause: Cause, view: DiagnosisView): Line[] => [
  line(cause.title, 'strong'),
  ...cut(cause.evidence, 2, view).map((fact) => line(`  ${fact}`, 'dim')),
  ...actionLines(cause.actions.slice(0, 1), view.columns === null ? null : view.columns - 2).map(
    (one): Line => [span('  '), ...one],
  ),
];

const alsoLines = (others: readonly Cause[], view: DiagnosisView): Line[] => {
  const shown = cut(others, mostOthers, view);
  const hidden = others.length - shown.length;
  return [
    ...shown.flatMap((cause) => (view.verbose ? titled(cause, view) : [line(cause.title)])),
    ...(hidden > 0 ? [line(`and ${counted(hidden, 'finding')} more (--verbose)`, 'dim')] : []),
  ];
};
