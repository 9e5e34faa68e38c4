import { readlinkSync } from 'node:fs';
import type { SocketQuery, SocketReading } from '../host.ts';
import { openFfi } from './ffi.ts';
import type { Ffi } from './ffi.ts';
import { createFileReader } from './file-reader.ts';
import { inNamespaceOf } from './namespace-entry.ts';
import { openNamespaceReader } from './namespace-reader.ts';
import { listOtherNamespaces } from './namespaces.ts';
import type { OtherNamespace } from './namespaces.ts';
import { closeNetlink, openNetlink } from './netlink.ts';
import type { NetlinkChannel } from './netlink.ts';
import { readNamespace } from './namespace-sockets.ts';
import { createSocketSink } from './socket-sink.ts';
import type { SocketSink } from './socket-sink.ts';

/**
 * Reads the sockets of this network namespace, and of others where that is asked and permitted, by
 * sock_diag(7), else from the text of `procRoot`/net. Never throws for what can't be read: problems
 * say what is missing. A `procRoot` other than `/proc` is a fixture: only its files are read.
 */
export const readSockets = (procRoot: string, query: SocketQuery): SocketReading => {
  const ffi = procRoot === '/proc' ? openFfi() : null;
  const sink = createSocketSink(query, createFileReader(ffi));
  const channel = ffi === null ? null : openNetlink(ffi);
  readNamespace(sink, { namespace: 'this', directory: `${procRoot}/net`, channel });
  close(channel);
  if (query.otherNamespaces) readOtherNamespaces(sink, ffi, procRoot);
  return sink.finish();
};

const close = (channel: NetlinkChannel | number | null): void => {
  if (typeof channel === 'object' && channel !== null) closeNetlink(channel);
};

const readOtherNamespaces = (sink: SocketSink, ffi: Ffi | null, procRoot: string): void => {
  const reader = openNamespaceReader(ffi, procRoot);
  const { others, refused } = listOtherNamespaces(reader);
  reader.close();
  sink.skipNamespaces(refused);
  for (const other of others) readOther(sink, ffi, procRoot, other);
};

const readOther = (
  sink: SocketSink,
  ffi: Ffi | null,
  procRoot: string,
  { name, pids }: OtherNamespace,
): void => {
  for (const pid of pids) {
    const channel = ffi === null ? null : inNamespaceOf(ffi, pid, name, () => openNetlink(ffi));
    const directory = `${procRoot}/${pid}/net`;
    const [sockets, rawSockets] = [sink.sockets.length, sink.rawSockets.length];
    const isRead = readNamespace(sink, { namespace: name, directory, channel });
    close(channel);
    if (isRead && !isElsewhere(procRoot, pid, name)) return;
    sink.sockets.length = sockets;
    sink.rawSockets.length = rawSockets;
  }
  sink.skipNamespaces(1);
};

/** Whether a process, or another one that was given its pid meanwhile, is seen in another namespace. */
const isElsewhere = (procRoot: string, pid: number, name: string): boolean => {
  try {
    return readlinkSync(`${procRoot}/${pid}/ns/net`) !== name;
  } catch {
    return false;
  }
};
