import type { Connection, End } from '../../../../model/connection.ts';
import type { Explanation } from '../../../../model/explanation.ts';
import { isKnown, knownOr } from '../../../../model/known.ts';
import { line, span, type Line } from '../../text/line.ts';
import { byteSize, counted } from '../../text/quantity.ts';
import { endProgram } from '../connection-table.ts';
import { endpointText } from '../endpoint.ts';
import type { ExplanationView, Section } from './section.ts';

/** Who talks to the endpoint, and whom its owner talks to. */
export const talkSections = (
  { state, connections, upstream }: Explanation,
  view: ExplanationView,
): readonly Section[] => [
  {
    label: state === 'listening' ? 'clients' : 'talks',
    lines:
      connections.length === 0 && state === 'listening'
        ? [line('nobody is connected', 'dim')]
        : talkLines(connections, state === 'listening' ? 'client' : 'both', view),
  },
  { label: 'talks to', lines: talkLines(upstream, 'server', view) },
];

/** Which end of a connection says something new. */
type Side = 'client' | 'server' | 'both';

const most = 6;

const talkLines = (
  connections: readonly Connection[],
  side: Side,
  view: ExplanationView,
): Line[] => {
  const isOver = ({ state }: Connection): boolean => !view.verbose && state === 'time-wait';
  const alive = connections.filter((connection) => !isOver(connection));
  const over = connections.length - alive.length;
  const groups = view.verbose
    ? connections.map((connection) => [connection])
    : [...Map.groupBy(alive, (connection) => groupKey(connection, side)).values()];
  const shown = view.verbose ? groups : groups.slice(0, most);
  const hidden = groups.slice(shown.length).flat().length;
  return [
    ...shown.map((group) => groupLine(group, side)),
    ...(over > 0 ? [line(`${counted(over, 'old connection')} in TIME_WAIT`, 'dim')] : []),
    ...(hidden > 0 ? [line(`and ${counted(hidden, 'connection')} more (--verbose)`, 'dim')] : []),
  ];
};

/** Connections of the same program to the same server are one line. */
const groupKey = ({ client, server, state }: Connection, side: Side): string => {
  const from = client.local ? `${knownOr(client.pid, '?')}` : client.address;
  const to = `${server.address} ${server.port}`;
  return side === 'client'
    ? `${from} ${state}`
    : side === 'server'
      ? `${to} ${state}`
      : `${from} ${to} ${state}`;
};

const groupLine = (group: readonly Connection[], side: Side): Line => {
  const [first] = group;
  if (first === undefined) return [];
  const times = group.length === 1 ? [] : [span(` × ${group.length}`, 'strong')];
  const state = first.state === 'established' ? [] : [span(` ${first.state}`, 'caution')];
  return [...parties(first, group.length, side), ...times, ...state, ...volume(group)];
};

const parties = (connection: Connection, count: number, side: Side): Line => {
  const client = endSpans(connection.client, count === 1);
  const server = endSpans(connection.server, true);
  if (side === 'client') return client;
  return side === 'server' ? server : [...client, span(' → ', 'dim'), ...server];
};

const endSpans = (end: End, withPlace: boolean): Line => {
  const place = endpointText(end.address, end.port);
  if (!end.local) {
    return [span(withPlace ? place : end.address, 'strong'), span(` ${endProgram(end)}`, 'dim')];
  }
  if (!isKnown(end.program)) return [span(place, 'strong'), span(` ${endProgram(end)}`, 'dim')];
  const project = end.project === null ? [] : [span(` of ${end.project}`, 'dim')];
  return [
    span(endProgram(end), 'strong'),
    ...project,
    ...(withPlace ? [span(` ${place}`, 'dim')] : []),
  ];
};

/** Bytes in both directions, as the client sees them; nothing where the kernel didn't count. */
const volume = (group: readonly Connection[]): Line => {
  const sent = sum(group.map((connection) => knownOr(connection.bytesToServer, null)));
  const received = sum(group.map((connection) => knownOr(connection.bytesToClient, null)));
  if (sent === null || received === null) return [];
  return [span(`  ${byteSize(sent)} sent, ${byteSize(received)} received`, 'dim')];
};

const sum = (values: readonly (number | null)[]): number | null =>
  values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
