import type { Explanation } from '../../../../model/explanation.ts';
import { isKnown, knownOr } from '../../../../model/known.ts';
import type { Listener } from '../../../../model/listener.ts';
import { line, span, type Line } from '../../text/line.ts';
import { counted } from '../../text/quantity.ts';
import { layoutTable, type Column } from '../../text/table.ts';
import { listenerAddress } from '../endpoint.ts';
import { exposureWord, unknownWord } from '../words.ts';
import { factLine } from './facts.ts';
import type { ExplanationView, Section } from './section.ts';

/** Where it listens, who else has its port, and who can reach it. */
export const reachSections = (
  { listeners, elsewhere, exposure }: Explanation,
  view: ExplanationView,
): readonly Section[] => [
  { label: 'listens', lines: listenLines(listeners, listeners.length > 1, view) },
  { label: 'elsewhere', lines: listenLines(elsewhere, true, view) },
  { label: 'reach', lines: exposure === null ? [] : reachLines(exposure, listeners, view) },
];

const most = 8;

const listenLines = (
  listeners: readonly Listener[],
  named: boolean,
  view: ExplanationView,
): Line[] => {
  const shown = view.verbose ? listeners : listeners.slice(0, most);
  const more = listeners.length - shown.length;
  const cells = shown.map((listener) => listenCells(listener, named));
  return [
    ...layoutTable(listenColumns, cells, view.columns).rows,
    ...(more > 0 ? [line(`and ${more} more (--verbose)`, 'dim')] : []),
  ];
};

const listenColumns: readonly Column[] = [
  { title: '', align: 'left', minimum: 24, leaves: null },
  { title: '', align: 'left', minimum: 12, leaves: null },
  { title: '', align: 'left', minimum: 13, leaves: null },
  { title: '', align: 'left', minimum: 30, leaves: null },
];

const listenCells = (listener: Listener, named: boolean): readonly Line[] => {
  const { word, style } = exposureWord(listener.exposure.level, [listener]);
  const where = listener.namespace === 'this' ? '' : ` in ${listener.namespace}`;
  return [
    [...listenerAddress(listener), span(where, 'dim')],
    named ? programAndPid(listener) : [],
    named ? line(word, style) : [],
    queueCell(listener),
  ];
};

const programAndPid = ({ program, owners }: Listener): Line => {
  if (!isKnown(program)) return line(unknownWord[program.unknown], 'dim');
  const pid = knownOr(owners, [])[0]?.pid;
  return [span(program.name), ...(pid === undefined ? [] : [span(` ${pid}`, 'dim')])];
};

const queueCell = ({ queue }: Listener): Line => {
  if (queue === null || queue.length === 0) return [];
  const limit = knownOr(queue.limit, null);
  const waiting = `${counted(queue.length, 'connection')} not yet accepted`;
  return line(limit === null ? waiting : `${waiting} of ${limit}`, 'caution');
};

const reachLines = (
  { level, reasons, reachableVia }: NonNullable<Explanation['exposure']>,
  listeners: readonly Listener[],
  view: ExplanationView,
): Line[] => {
  const { word, style } = exposureWord(level, listeners);
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
