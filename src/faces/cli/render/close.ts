import type { End } from '../../../model/connection.ts';
import { isKnown } from '../../../model/known.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import type { ClosePlan, CloseResult } from '../../../operations/close-connection.ts';
import { line, span, type Line } from '../text/line.ts';
import { groupLines } from './group-lines.ts';
import { unknownSentence } from './words.ts';

/** Renders which connection would be closed, and whose ends it has. */
export const renderClosePlan = (plan: ClosePlan | null): readonly Line[] => {
  if (plan === null) return [line('There is no such connection here.')];
  const { client, server, state } = plan.connection;
  return [
    [span(`One connection, ${state}, is closed; both programs go on.`, 'strong')],
    ...groupLines(
      [
        { label: 'client', lines: [endLine(client)] },
        { label: 'server', lines: [endLine(server)] },
      ],
      Infinity,
    ),
  ];
};

const endLine = ({ address, port, pid, program }: End): Line => {
  const who = isKnown(pid)
    ? `${isKnown(program) ? program : 'a process'} (pid ${pid})`
    : `its process ${unknownSentence[pid.unknown]}`;
  return [span(endpointText(address, port)), span(`  ${who}`, 'dim')];
};

/** Renders what became of it. */
export const renderClosed = ({ receipt }: CloseResult): readonly Line[] => {
  if (receipt === null) return [];
  const ends = receipt.sockets.map(({ endpoint, outcome }): Line => [
    span(`  ${endpoint}  ${outcome}`, 'dim'),
  ]);
  return [
    [],
    receipt.closed ? line('It is closed.', 'good') : line('It is still open.', 'danger'),
    ...ends,
  ];
};
