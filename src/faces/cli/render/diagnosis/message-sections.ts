import type { Diagnosis } from '../../../../model/diagnosis.ts';
import type { FailureEndpoint, FailureMessage } from '../../../../model/failure.ts';
import { endpointText } from '../../../../model/target-endpoint.ts';
import { line, span, type Line } from '../../text/line.ts';
import type { Section } from '../explanation/section.ts';
import type { DiagnosisView } from './view.ts';

/** What was read of a message: its line, and what it tells. */
export const messageSections = (
  { message, contradictions }: Diagnosis,
  { source }: DiagnosisView,
): readonly Section[] => [
  { label: 'read', lines: message === null ? [] : messageLines(message, source) },
  { label: 'but', lines: contradictions.map((sentence) => line(sentence, 'caution')) },
];

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
