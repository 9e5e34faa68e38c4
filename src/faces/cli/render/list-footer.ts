import { listenerKey } from '../../../explain/listener-key.ts';
import { isKnown } from '../../../model/known.ts';
import type { ExposureLevel, Listener } from '../../../model/listener.ts';
import { line, span, type Line } from '../text/line.ts';
import { counted, grouped } from '../text/quantity.ts';
import { wrap } from '../text/wrap.ts';
import type { ListView, ShownList } from './list-view.ts';
import { exposureWord } from './words.ts';

/** The last lines of a list: counts, what could not be read, and what would show more. */
export const listFooter = (list: ShownList, view: ListView): Line[] => {
  const width = view.columns ?? Infinity;
  const here = list.listeners.filter((one) => view.marks.get(listenerKey(one)) !== 'went');
  const body = list.listeners.length === 0 ? emptyAnswer(view) : [[], countLine(here)];
  const sockets = list.sockets === undefined ? [] : [socketLine(list)];
  return [...body, ...sockets, ...problemLines(list, view)].flatMap((one) => wrap(one, width, 2));
};

const emptyAnswer = ({ filtered }: ListView): Line[] =>
  filtered
    ? [
        line('Nothing that listens matches.'),
        line('homeport ls shows everything; homeport explain says what an endpoint is.', 'dim'),
      ]
    : [line('Nothing listens on this machine, as far as can be seen.')];

const order: readonly ExposureLevel[] = [
  'anyone-routed',
  'local-network',
  'this-machine',
  'this-container',
  'unknown',
];

const countLine = (listeners: readonly Listener[]): Line => {
  const levels = order.flatMap((level) => {
    const count = listeners.filter(({ exposure }) => exposure.level === level).length;
    const { word, style } = exposureWord(level, listeners);
    return count === 0 ? [] : [span(' · ', 'dim'), span(`${grouped(count)} ${word}`, style)];
  });
  return [span(counted(listeners.length, 'listener')), ...levels];
};

const socketLine = ({ sockets = [] }: ShownList): Line =>
  line(`${counted(sockets.length, 'kernel socket')} in all; --json lists each`, 'dim');

const problemLines = ({ listeners, problems }: ShownList, view: ListView): Line[] => {
  const hidden = listeners.filter(({ owners }) => !isKnown(owners) && owners.unknown === 'denied');
  const missing = [
    ...(hidden.length === 0
      ? []
      : [`who owns ${counted(hidden.length, 'listener')} could not be seen`]),
    ...new Set(problems.map(({ detail }) => detail)),
  ];
  const denied = hidden.length > 0 || problems.some(({ reason }) => reason === 'denied');
  return [
    ...missing.map((text): Line => [span('! ', 'caution'), span(text, 'dim')]),
    ...(denied && view.sudoHelps
      ? [[span('  ', null), span('sudo homeport', 'strong'), span(' shows more', 'dim')]]
      : []),
  ];
};
