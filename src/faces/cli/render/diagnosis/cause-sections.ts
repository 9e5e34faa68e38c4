import type { Cause, Diagnosis } from '../../../../model/diagnosis.ts';
import type { Action } from '../../../../model/finding.ts';
import { line, span, type Line } from '../../text/line.ts';
import { counted } from '../../text/quantity.ts';
import type { Section } from '../explanation/section.ts';
import type { DiagnosisView } from './view.ts';

/** Causes shown where not everything is: the first explains, the others may play a part. */
const mostExplaining = 2;
const mostOthers = 2;

/** Why it fails, with the evidence and the fix, and what was noticed beside. */
export const causeSections = (
  { causes, verdict }: Diagnosis,
  view: DiagnosisView,
): readonly Section[] => {
  const [first, ...maybe] = causes.filter(({ explains }) => explains);
  const others = causes.filter(
    ({ explains, severity }) => !explains && (view.verbose || isGrave(severity)),
  );
  // Where it works all the same, that may be another server than the one that is meant.
  const explaining =
    verdict === 'explained' || first === undefined
      ? cut(maybe, mostExplaining, view)
      : [first, ...cut(maybe, mostExplaining - 1, view)];
  return [
    {
      label: 'why',
      lines: first === undefined || verdict !== 'explained' ? [] : causeLines(first, view),
    },
    {
      label: verdict === 'explained' ? 'or' : 'yet',
      lines: explaining.flatMap((one) => titled(one, view)),
    },
    { label: 'also', lines: alsoLines(others, view) },
  ];
};

const isGrave = (severity: Cause['severity']): boolean =>
  severity === 'warning' || severity === 'critical';

const cut = <T>(items: readonly T[], most: number, { verbose }: DiagnosisView): readonly T[] =>
  verbose ? items : items.slice(0, most);

/** The headline has said its title. */
const causeLines = (cause: Cause, view: DiagnosisView): Line[] => [
  ...cut(cause.evidence, 6, view).map((fact) => line(fact)),
  ...cause.benignCauses.map((text) => line(`may be: ${text}`, 'dim')),
  ...actionLines(cause.actions),
];

const titled = (cause: Cause, view: DiagnosisView): Line[] => [
  line(cause.title, 'strong'),
  ...cut(cause.evidence, 2, view).map((fact) => line(`  ${fact}`, 'dim')),
  ...actionLines(cause.actions.slice(0, 1)),
];

const alsoLines = (others: readonly Cause[], view: DiagnosisView): Line[] => {
  const shown = cut(others, mostOthers, view);
  const hidden = others.length - shown.length;
  return [
    ...shown.flatMap((cause) => (view.verbose ? titled(cause, view) : [line(cause.title)])),
    ...(hidden > 0 ? [line(`and ${counted(hidden, 'finding')} more (--verbose)`, 'dim')] : []),
  ];
};

/** What to do, what it changes, and whether root is needed. */
export const actionLines = (actions: readonly Action[]): Line[] =>
  actions.flatMap((action): Line[] => {
    const { label, command, changes = null } = action;
    const root = action.needsRoot === true ? ' (root)' : '';
    const does = changes === null ? [] : [line(`    changes: ${changes}`, 'dim')];
    return command === null
      ? [[span('→ ', 'accent'), span(label), span(root, 'dim')], ...does]
      : [
          [span('→ ', 'accent'), span(command, 'strong'), span(`  ${label}${root}`, 'dim')],
          ...does,
        ];
  });
