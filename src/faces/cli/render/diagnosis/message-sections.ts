import type { Diagnosis } from '../../../../model/diagnosis.ts';
import type { FailureEndpoint, FailureMessage } from '../../../../model/failure.ts';
import { endpointText } from '../../../../model/target-endpoint.ts';
import { fit, line, span, type Line } from '../../text/line.ts';
import { wrap } from '../../text/wrap.ts';
import type { Section } from '../explanation/section.ts';
import type { DiagnosisView } from './view.ts';

/** What was read of a message: its line, and what it tells. */
export const messageSections = (
  { message, contradictions }: Diagnosis,
  view: DiagnosisView,
): readonly Section[] => [
  { label: 'read', lines: message === null ? [] : shortened(message, view) },
  { label: 'but', lines: contradictions.map((sentence) => line(sentence, 'caution')) },
];

/** A line of a log may be longer than the screen is high. */
const mostLines = 3;

const shortened = (
  message: FailureMessage,
  { source, columns, verbose }: DiagnosisView,
): Line[] => {
  const [first, ...rest] = messageLines(message, source);
  if (first === undefined) return [];
  const lines = columns === null || verbose ? [first] : wrap(first, columns, 2);
  if (lines.length <= mostLines) return [first, ...rest];
  const last = fit([...(lines[mostLines - 1] ?? []), span(' …')], columns ?? Infinity);
  return [...lines.slice(0, mostLines - 1), last, ...rest];
};

/** The line that tells it, and what it tells. */
export const messageLines = (message: FailureMessage, source: string | null): Line[] => [
  ...(message.text === null ? [] : [line(message.text.trim())]),
  ...(message.class === 'none'
    ? []
    : [[span(told(message), 'dim'), span(placeOf(message, source), 'dim')]]),
  ...message.notes.map((note) => line(note, 'dim')),
];

const told = ({ class: failure, role, ecosystem, endpoints }: FailureMessage): string =>
  [
    failure,
    ...endpoints.map(textOf),
    ...(role === 'unknown' ? [] : [`said by the ${role}`]),
    ...(ecosystem === null ? [] : [ecosystem]),
  ].join(' · ');

const textOf = ({ host, port }: FailureEndpoint): string => {
  if (port === null) return host ?? '';
  return host === null ? `port ${port}` : endpointText(host, port);
};

const placeOf = ({ line: number }: FailureMessage, source: string | null): string => {
  if (source === null) return '';
  return number === null || number === 1 ? ` · ${source}` : ` · line ${number} of ${source}`;
};
