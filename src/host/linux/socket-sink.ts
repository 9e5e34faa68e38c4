import type { Problem } from '../../model/problem.ts';
import type { UnknownReason } from '../../model/known.ts';
import type { RawSocketCount, Socket } from '../../model/socket.ts';
import type { SocketQuery, SocketReading } from '../host.ts';
import type { FileReader } from './file-reader.ts';

/** Where one reading's sockets and what went wrong are gathered. */
export type SocketSink = {
  readonly query: SocketQuery;
  readonly read: FileReader;
  readonly sockets: Socket[];
  readonly rawSockets: RawSocketCount[];
  /** A table came from the text of /proc/net because netlink could not be used for it. */
  fellBack(table: string, reason: UnknownReason): void;
  /** A table could be read in neither way. */
  failed(table: string, reason: UnknownReason): void;
  /** A table changed under each of its dumps. */
  torn(table: string): void;
  /** So many network namespaces were left out. */
  skipNamespaces(count: number): void;
  /** So many unix sockets were left out because several rows of text claim to be each of them. */
  skipAmbiguous(count: number): void;
  finish(): SocketReading;
};

type Fault = { readonly tables: Set<string>; readonly reason: UnknownReason };

/** Makes an empty sink. */
export const createSocketSink = (query: SocketQuery, read: FileReader): SocketSink => {
  const sockets: Socket[] = [];
  const rawSockets: RawSocketCount[] = [];
  const faults = new Map<keyof typeof details, Fault>();
  let skipped = 0;
  let ambiguous = 0;

  const note = (kind: keyof typeof details, table: string, reason: UnknownReason): void => {
    const fault = faults.get(kind);
    if (fault === undefined) faults.set(kind, { tables: new Set([table]), reason });
    else fault.tables.add(table);
  };

  return {
    query,
    read,
    sockets,
    rawSockets,
    fellBack: (table, reason) => note('netlink-unavailable', table, reason),
    failed: (table, reason) => note('sockets-unreadable', table, reason),
    torn: (table) => note('sockets-changing', table, 'unsupported'),
    skipNamespaces: (count) => {
      skipped += count;
    },
    skipAmbiguous: (count) => {
      ambiguous += count;
    },
    finish: () => ({
      backend: faults.get('netlink-unavailable')?.tables.has('tcp') ? 'procfs' : 'netlink',
      sockets,
      rawSockets,
      problems: [
        ...[...faults].map(([kind, fault]) => problemOf(kind, fault)),
        ...(skipped === 0 ? [] : [skippedNamespaces(skipped)]),
        ...(ambiguous === 0 ? [] : [ambiguousSockets(ambiguous)]),
      ],
    }),
  };
};

const details = {
  'netlink-unavailable': (tables: string): string =>
    `${tables} read from /proc/net, without cookie, cgroup, interface, IPV6_V6ONLY, backlog and tcp_info, and for unix sockets without peer, user and queue lengths; there, a name with a line feed in it can pass for another socket.`,
  'sockets-unreadable': (tables: string): string =>
    `${tables} could not be read; their sockets are missing.`,
  'sockets-changing': (tables: string): string =>
    `${tables} kept changing while they were read; a socket may be missing or twice there.`,
};

const problemOf = (kind: keyof typeof details, { tables, reason }: Fault): Problem => ({
  id: kind,
  reason: kind === 'sockets-changing' ? 'failed' : reason,
  detail: details[kind]([...tables].join(', ')),
});

const ambiguousSockets = (count: number): Problem => ({
  id: 'unix-sockets-ambiguous',
  reason: 'failed',
  detail: `${count} unix socket${count === 1 ? ' is' : 's are'} left out: several rows of /proc/net/unix claim to be the same one, as a name with a line feed in it can.`,
});

const skippedNamespaces = (count: number): Problem => ({
  id: 'other-namespaces-unreadable',
  reason: 'denied',
  detail: `${count} other network namespace${count === 1 ? '' : 's'} could not be looked into; root can.`,
});
