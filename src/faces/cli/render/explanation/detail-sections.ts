import type { Explanation } from '../../../../model/explanation.ts';
import { isKnown, isUnknown, type Known, type Unknown } from '../../../../model/known.ts';
import type { Listener } from '../../../../model/listener.ts';
import type { Process } from '../../../../model/process.ts';
import { span, type Line } from '../../text/line.ts';
import { byteSize, counted, longDuration } from '../../text/quantity.ts';
import { endpointText, listenerText } from '../endpoint.ts';
import { unknownSentence } from '../words.ts';
import { factLine } from './facts.ts';
import type { Section } from './section.ts';

/** Sockets and the owner's process in full. */
export const detailSections = ({
  owner,
  listeners,
  connections,
}: Explanation): readonly Section[] => [
  {
    label: 'process',
    lines: owner === null || isUnknown(owner) ? [] : processLines(owner.process),
  },
  {
    label: 'sockets',
    lines: [...listeners.flatMap(socketLines), ...connections.map(connectionLine)],
  },
];

const processLines = (process: Process): Line[] => [
  named(
    'executable',
    mapped(process.exe, ({ path, deleted }) => (deleted ? `${path} (deleted)` : path)),
  ),
  named('directory', stated(process.cwd)),
  named(
    'arguments',
    mapped(process.argv, (argv) => argv.map(quoted).join(' ')),
  ),
  named('started', process.startedAt),
  named('cgroup', stated(process.cgroup)),
  named('namespaces', `${stated(process.namespaces.net)} ${stated(process.namespaces.pid)}`),
  factLine([
    `state ${process.state}`,
    counted(process.threads, 'thread'),
    `${byteSize(process.memoryBytes)} memory`,
    `${longDuration(process.cpuMs)} of CPU`,
    isKnown(process.files.open)
      ? `${process.files.open} of ${mapped(process.files.limit, String)} files`
      : null,
  ]),
  factLine([
    `parent ${process.ppid}`,
    `group ${process.processGroup}`,
    `session ${process.session}`,
    process.tty === 0 ? 'no terminal' : `terminal ${process.tty}`,
  ]),
];

const socketLines = (listener: Listener): Line[] =>
  listener.sockets.map(({ inode, cookie }) =>
    factLine([
      listenerText(listener),
      `inode ${inode}`,
      `cookie ${stated(cookie)}`,
      listener.queue === null
        ? null
        : `queue ${listener.queue.length} of ${mapped(listener.queue.limit, String)}`,
    ]),
  );

const connectionLine = ({
  client,
  server,
  state,
  rttMs,
  retransmits,
}: Explanation['connections'][number]): Line =>
  factLine([
    `${endpointText(client.address, client.port)} → ${endpointText(server.address, server.port)}`,
    state,
    isKnown(rttMs) ? `round trip ${rttMs} ms` : null,
    isKnown(retransmits) ? `${retransmits} retransmits` : null,
    client.inode === null ? null : `client inode ${client.inode}`,
    server.inode === null ? null : `server inode ${server.inode}`,
  ]);

const named = (name: string, value: string): Line => [span(name.padEnd(11), 'dim'), span(value)];

const stated = (value: Known<string>): string => mapped(value, (text) => text);

const mapped = <T>(value: Known<T>, say: (value: Exclude<T, Unknown>) => string): string => {
  if (isKnown(value)) return say(value);
  return isUnknown(value) ? unknownSentence[value.unknown] : '';
};

/** An argument as a shell would take it, where it has blanks or quotes. */
const quoted = (argument: string): string =>
  /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
