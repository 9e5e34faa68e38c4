import type { Connection } from '../model/connection.ts';
import { unmapped } from '../model/ip.ts';
import { isKnown } from '../model/known.ts';
import { describeProcess } from './describe-process.ts';
import type { MachineFacts } from './facts.ts';

/** So many programs are named; what comes after them makes few of the connections. */
const mostNamed = 3;

/**
 * Who holds some sockets, by inode, most sockets first: `210 by shop-worker (pid 77)`. Sockets that
 * no process holds any more, or that may not be seen, are counted as such.
 */
export const holdersOf = (inodes: readonly number[], facts: MachineFacts): readonly string[] => {
  const counts = new Map<number | null, number>();
  for (const inode of inodes) {
    const pid = facts.snapshot.holders[inode]?.[0]?.pid ?? null;
    counts.set(pid, (counts.get(pid) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostNamed)
    .map(
      ([pid, count]) =>
        `${count} by ${pid === null ? 'a process that may not be seen' : describeProcess(pid, facts)}`,
    );
};

/** Whether a connection's server is at this address and port. */
const isTo = ({ server }: Connection, address: string, port: number): boolean =>
  server.port === port && unmapped(server.address) === address;

/** The programs of this machine that are connected to an address and port now, each once. */
export const callersOf = (
  address: string,
  port: number,
  facts: MachineFacts,
): readonly string[] => {
  const pids = facts.connections
    .filter((one) => one.state !== 'time-wait' && isTo(one, address, port))
    .flatMap(({ client }) => (isKnown(client.pid) ? [client.pid] : []));
  return [...new Set(pids)].slice(0, mostNamed).map((pid) => describeProcess(pid, facts));
};
