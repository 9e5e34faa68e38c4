import type { UnknownReason } from '../../model/known.ts';
import type { Namespace } from '../../model/socket.ts';
import type { DumpResult } from './dump-rows.ts';
import { errno, reasonOf } from './errno.ts';
import { inetTables } from './inet-fields.ts';
import type { InetTable } from './inet-fields.ts';
import type { NetlinkChannel } from './netlink.ts';
import { parseInetTable } from './proc-net-inet.ts';
import { parseUnixTable } from './proc-net-unix.ts';
import { countRawSockets } from './raw-socket-count.ts';
import { dumpInet } from './sock-diag.ts';
import type { SocketSink } from './socket-sink.ts';
import { dumpUnix } from './unix-diag.ts';

/** One network namespace and the ways to it. */
export type NamespaceSource = {
  readonly namespace: Namespace;
  /** A /proc/net directory of this namespace. */
  readonly directory: string;
  /** null: netlink must not be used; a number: the errno for which it can't be. */
  readonly channel: NetlinkChannel | number | null;
};

type Table = {
  readonly file: string;
  /** What problems call it. */
  readonly label: string;
  readonly dump: (channel: NetlinkChannel) => DumpResult;
  readonly parse: (content: Buffer) => void;
};

/**
 * Reads one namespace's sockets into the sink, each table by netlink and, where that fails, from its
 * text. false: nothing could be read and nothing was noted; for our own namespace that never is.
 */
export const readNamespace = (sink: SocketSink, source: NamespaceSource): boolean => {
  const { namespace, directory, channel } = source;
  const hasChannel = typeof channel === 'object' && channel !== null;
  const isSeen = hasChannel || namespace === 'this' || canRead(sink, directory);
  if (!isSeen) return false;
  for (const table of inetTables) readTable(sink, source, inetTable(sink, namespace, table));
  if (sink.query.unix) readTable(sink, source, unixTable(sink, namespace));
  sink.rawSockets.push(countRawSockets(sink.read, directory, namespace));
  return true;
};

// A process that has ended, or is a zombie, has no network namespace to look into any more.
const canRead = ({ read }: SocketSink, directory: string): boolean =>
  typeof read(`${directory}/dev`) !== 'number';

const labelOf = (namespace: Namespace, file: string): string =>
  namespace === 'this' ? file : 'other network namespaces';

const inetTable = (
  { query, sockets }: SocketSink,
  namespace: Namespace,
  table: InetTable,
): Table => {
  const { states, localPort = 0 } = query;
  const request = { ...table, namespace, states, localPort };
  return {
    file: table.file,
    label: labelOf(namespace, table.file),
    dump: (channel) => dumpInet(channel, request, sockets),
    parse: (content) => parseInetTable(content, request, sockets),
  };
};

const unixTable = (sink: SocketSink, namespace: Namespace): Table => {
  const request = { namespace, states: sink.query.states };
  return {
    file: 'unix',
    label: labelOf(namespace, 'unix'),
    dump: (channel) => dumpUnix(channel, request, sink.sockets),
    parse: (content) => {
      sink.skipAmbiguous(parseUnixTable(content.toString('utf8'), request, sink.sockets));
    },
  };
};

const readTable = (sink: SocketSink, source: NamespaceSource, table: Table): void => {
  const failed = dumpTable(sink, source.channel, table);
  if (failed !== null) parseTable(sink, source.directory, table, failed);
};

/** null: the table is read; else why netlink could not be used. */
const dumpTable = (
  sink: SocketSink,
  channel: NamespaceSource['channel'],
  table: Table,
): UnknownReason | null => {
  if (channel === null) return 'unsupported';
  if (typeof channel === 'number') return reasonOf(channel);
  const { errno: failed, torn } = table.dump(channel);
  if (torn) sink.torn(table.label);
  return failed === 0 ? null : reasonOf(failed);
};

const parseTable = (
  sink: SocketSink,
  directory: string,
  { file, label, parse }: Table,
  reason: UnknownReason,
): void => {
  const content = sink.read(`${directory}/${file}`);
  if (typeof content !== 'number') {
    parse(content);
    sink.fellBack(label, reason);
  } else if (content !== errno.ENOENT || !file.endsWith('6')) {
    // A machine without IPv6 has no tcp6 and udp6, and so no such sockets.
    sink.failed(label, reasonOf(content));
  }
};
