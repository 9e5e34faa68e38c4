import { isKnown, knownOr, type Known } from '../../../model/known.ts';
import type { ContainerReference, Listener, Origin, Program } from '../../../model/listener.ts';
import type { Protocol } from '../../../model/protocol.ts';
import { line, span, type Line } from '../text/line.ts';
import { shortDuration } from '../text/quantity.ts';
import type { Column } from '../text/table.ts';
import { listenerAddress } from './endpoint.ts';
import type { ShownListener } from './list-view.ts';
import { exposureWord, unknownWord, withVersion } from './words.ts';

/** The columns of a table of listeners. */
export const listenerColumns: readonly Column[] = [
  { title: 'ADDRESS', align: 'left', minimum: 24, leaves: null },
  { title: 'PROGRAM', align: 'left', minimum: 12, leaves: null },
  { title: 'PID', align: 'right', minimum: 7, leaves: 5 },
  { title: 'USER', align: 'left', minimum: 8, leaves: 3 },
  { title: 'AGE', align: 'right', minimum: 4, leaves: 4 },
  { title: 'REACHABLE BY', align: 'left', minimum: 13, leaves: null },
  { title: 'CONN', align: 'right', minimum: 4, leaves: 2 },
  { title: 'SPEAKS', align: 'left', minimum: 8, leaves: null },
  { title: 'STARTED BY', align: 'left', minimum: 16, leaves: 1 },
];

/** The cells of one listener, in the order of `listenerColumns`. `now` in ms since the epoch. */
export const listenerCells = (listener: ShownListener, now: number): readonly Line[] => [
  listenerAddress(listener),
  programCell(listener.program, listener.origin, listener.container),
  pidCell(listener),
  userCell(listener),
  ageCell(listener.since, now),
  exposureCell(listener),
  listener.connectionCount === 0 ? line('0', 'dim') : line(listener.connectionCount.toString()),
  protocolCell(listener.protocol),
  originCell(listener.origin),
];

/** The program; where it may not be seen, the unit that the socket's cgroup tells. */
const programCell = (
  program: Known<Program>,
  origin: Known<Origin>,
  container: ContainerReference | null,
): Line => {
  const within = container === null ? '' : containerName(container);
  if (isKnown(program)) {
    const version = program.version === null ? [] : [span(` ${program.version}`, 'dim')];
    const place = within === '' ? [] : [span(` in ${within}`, 'dim')];
    return [span(program.name), ...version, ...place];
  }
  if (within !== '') return [span('container '), span(within)];
  if (isKnown(origin) && origin.id !== 'unknown') return line(unitName(origin.label), 'dim');
  return line(unknownWord[program.unknown], 'dim');
};

/** `systemd unit nginx.service` as `nginx.service`; another label as it is. */
const unitName = (label: string): string =>
  /\S+\.(?:service|socket|scope)\b/.exec(label)?.[0] ?? label;

/** A container's name, or the start of its id as `docker ps` shows it. */
export const containerName = ({ name, id }: ContainerReference): string =>
  knownOr(name, id.slice(0, 12));

const pidCell = ({ owners }: Listener): Line => {
  if (!isKnown(owners)) return line(unknownWord[owners.unknown], 'dim');
  const [first, ...others] = owners;
  if (first === undefined) return line('none', 'dim');
  const more = others.length === 0 ? [] : [span(` +${others.length}`, 'dim')];
  return [span(first.pid.toString()), ...more];
};

const userCell = ({ user, uid }: Listener): Line => {
  if (user !== null) return line(user, 'dim');
  return line(isKnown(uid) ? `uid ${uid}` : unknownWord[uid.unknown], 'dim');
};

const ageCell = (since: Known<string>, now: number): Line =>
  isKnown(since) ? line(shortDuration(now - Date.parse(since))) : line('?', 'dim');

const exposureCell = (listener: Listener): Line => {
  const { word, style } = exposureWord(listener.exposure.level, [listener]);
  return line(word, style);
};

const protocolCell = (protocol: Protocol | undefined): Line => {
  if (protocol === undefined) return [];
  if (protocol.status === 'identified') {
    return line(withVersion(protocol.name, protocol.version));
  }
  const words = {
    unrecognised: 'not recognised',
    'not-probed': 'not asked',
    unreachable: 'no answer',
  };
  return line(words[protocol.status], 'dim');
};

const originCell = (origin: Known<Origin>): Line =>
  isKnown(origin)
    ? line(origin.id === 'unknown' ? 'unknown' : unitName(origin.label), 'dim')
    : line(unknownWord[origin.unknown], 'dim');
