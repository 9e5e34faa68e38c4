import { notAcceptedYet, type Connection, type End } from '../../../model/connection.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { isLoopback } from '../../../model/scope.ts';
import { fit, line, span, type Line } from '../text/line.ts';
import { byteSize, counted } from '../text/quantity.ts';
import { layoutTable, type Column } from '../text/table.ts';
import { endpointText } from './endpoint.ts';
import { unknownWord } from './words.ts';

const columns: readonly Column[] = [
  { title: 'CLIENT', align: 'left', minimum: 27, leaves: null },
  { title: 'SERVER', align: 'left', minimum: 27, leaves: null },
  { title: 'STATE', align: 'left', minimum: 11, leaves: 3 },
  { title: 'SENT', align: 'right', minimum: 7, leaves: 2 },
  { title: 'RECEIVED', align: 'right', minimum: 7, leaves: 2 },
  { title: 'RTT', align: 'right', minimum: 7, leaves: 1 },
];

/** A table of connections, under a heading; nothing for none. Those in TIME_WAIT are counted only. */
export const connectionTable = (
  connections: readonly Connection[],
  width: number | null,
): Line[] => {
  if (connections.length === 0) return [];
  const alive = connections.filter(({ state }) => state !== 'time-wait');
  const over = connections.length - alive.length;
  const room = width === null ? null : width - 2;
  const table = layoutTable(columns, alive.map(cellsOf), room);
  const heading: Line = [
    span('connections', 'heading'),
    span('  seen from the client: sent is client to server', 'dim'),
  ];
  return [
    [],
    width === null ? heading : fit(heading, width),
    ...(alive.length === 0 ? [] : [table.header, ...table.rows]).map((row) => [span('  '), ...row]),
    ...(over === 0 ? [] : [line(`  ${counted(over, 'old connection')} in TIME_WAIT`, 'dim')]),
  ];
};

const cellsOf = (connection: Connection): readonly Line[] => [
  endCell(connection.client),
  endCell(connection.server),
  line(connection.state, connection.state === 'established' ? null : 'dim'),
  line(isKnown(connection.bytesToServer) ? byteSize(connection.bytesToServer) : '?', 'dim'),
  line(isKnown(connection.bytesToClient) ? byteSize(connection.bytesToClient) : '?', 'dim'),
  line(isKnown(connection.rttMs) ? `${connection.rttMs} ms` : '?', 'dim'),
];

const endCell = (end: End): Line => [
  span(endpointText(end.address, end.port), 'strong'),
  span(` ${endProgram(end)}`, isKnown(end.program) ? null : 'dim'),
];

/**
 * The program at one end: `psql 4243`, `another machine`, or why it is not known. An end with a
 * loopback address is here, even where its socket was not seen.
 */
export const endProgram = (end: End): string => {
  if (!end.local && !isLoopback(end.address)) return 'another machine';
  if (isKnown(end.program)) return `${end.program} ${knownOr(end.pid, '')}`.trimEnd();
  const { unknown, why } = end.program;
  return why === notAcceptedYet.why ? 'not accepted yet' : unknownWord[unknown];
};
