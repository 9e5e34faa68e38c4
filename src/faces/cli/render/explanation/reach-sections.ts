import type { Explanation } from '../../../../model/explanation.ts';
import { knownOr } from '../../../../model/known.ts';
import type { Listener } from '../../../../model/listener.ts';
import { line, span, type Line } from '../../text/line.ts';
import { counted } from '../../text/quantity.ts';
import { listenerAddress } from '../endpoint.ts';
import { exposureWord } from '../words.ts';
import { factLine } from './facts.ts';
import type { ExplanationView, Section } from './section.ts';

/** Where it listens, and who can reach that. */
export const reachSections = (
  { listeners, exposure }: Explanation,
  view: ExplanationView,
): readonly Section[] => [
  { label: 'listens', lines: listenLines(listeners, view) },
  { label: 'reach', lines: exposure === null ? [] : reachLines(exposure, view) },
];

const most = 8;

const listenLines = (listeners: readonly Listener[], view: ExplanationView): Line[] => {
  const shown = view.verbose ? listeners : listeners.slice(0, most);
  const more = listeners.length - shown.length;
  return [
    ...shown.map((listener) => listenLine(listener, listeners.length > 1)),
    ...(more > 0 ? [line(`and ${more} more (--verbose)`, 'dim')] : []),
  ];
};

const listenLine = (listener: Listener, several: boolean): Line => {
  const { word, style } = exposureWord[listener.exposure.level];
  const program = knownOr(listener.program, null);
  const waiting = listener.queue?.length ?? 0;
  const limit = listener.queue === null ? null : knownOr(listener.queue.limit, null);
  return [
    ...listenerAddress(listener),
    ...(listener.namespace === 'this' ? [] : [span(` in ${listener.namespace}`, 'dim')]),
    ...(several && program !== null ? [span(`  ${program.name}`)] : []),
    ...(several ? [span('  '), span(word, style)] : []),
    ...(waiting === 0
      ? []
      : [
          span(
            `  ${counted(waiting, 'connection')} not yet accepted${limit === null ? '' : ` of ${limit}`}`,
            'caution',
          ),
        ]),
  ];
};

const reachLines = (
  { level, reasons, reachableVia }: NonNullable<Explanation['exposure']>,
  view: ExplanationView,
): Line[] => {
  const { word, style } = exposureWord[level];
  const [first, ...others] = view.verbose ? reasons : reasons.slice(0, most);
  const hidden = reasons.length - most;
  const inside = level === 'this-machine' || level === 'this-container';
  const via = view.verbose ? reachableVia : inside ? [] : reachableVia.slice(0, 4);
  return [
    [span(word, style), ...(first === undefined ? [] : [span(` · ${first}`)])],
    ...others.map((reason) => line(reason)),
    ...(hidden > 0 && !view.verbose
      ? [line(`and ${counted(hidden, 'reason')} more (--verbose)`, 'dim')]
      : []),
    ...(via.length === 0 ? [] : [factLine([`through ${via.join(', ')}`])]),
  ];
};
