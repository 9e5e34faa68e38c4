import { isDenied } from './errno.ts';
import type { NamespaceReader } from './namespace-reader.ts';

/** A network namespace other than our own: its name `net:[N]` and processes that are in it. */
export type OtherNamespace = { readonly name: string; readonly pids: readonly number[] };

export type NamespaceListing = {
  readonly others: readonly OtherNamespace[];
  /** How many more there are that can be noticed but not told apart by name: their links are refused. */
  readonly refused: number;
};

const keptPids = 3;

/**
 * Finds the network namespaces that processes are in, beside our own. A namespace without a process
 * (kept by a mount or a descriptor alone) is not found.
 */
export const listOtherNamespaces = (reader: NamespaceReader): NamespaceListing => {
  const own = reader.namespaceOf('self');
  if (own < 0) return { others: [], refused: 0 };
  const pids = new Map<number, number[]>();
  const denied: number[] = [];
  for (const pid of reader.pids()) {
    const namespace = reader.namespaceOf(pid);
    if (isDenied(-namespace)) denied.push(pid);
    else if (namespace > 0 && namespace !== own) addPid(pids, namespace, pid);
  }
  const others = [...pids].map(([namespace, members]) => ({
    name: `net:[${namespace}]`,
    pids: members,
  }));
  return { others, refused: denied.length === 0 ? 0 : countRefused(reader, denied, others) };
};

const addPid = (pids: Map<number, number[]>, namespace: number, pid: number): void => {
  const members = pids.get(namespace);
  if (members === undefined) pids.set(namespace, [pid]);
  else if (members.length < keptPids) members.push(pid);
};

const countRefused = (
  reader: NamespaceReader,
  denied: readonly number[],
  others: readonly OtherNamespace[],
): number => {
  const named = new Set([
    reader.tableOf('self'),
    ...others.map(({ pids }) => tableOfFirst(reader, pids)),
  ]);
  const tables = denied.map((pid) => reader.tableOf(pid));
  return new Set(tables.filter((table) => table > 0 && !named.has(table))).size;
};

const tableOfFirst = (reader: NamespaceReader, pids: readonly number[]): number =>
  reader.tableOf(pids[0] ?? 'self');
