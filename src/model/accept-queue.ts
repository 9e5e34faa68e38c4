import { knownOr } from './known.ts';
import type { AcceptQueue } from './socket.ts';

/** The queues of an SO_REUSEPORT group as one: null for none; a limit that is not known stays so. */
export const sumOfQueues = (queues: readonly AcceptQueue[]): AcceptQueue | null => {
  const [first] = queues;
  if (first === undefined) return null;
  const limits = queues.map(({ limit }) => knownOr(limit, null));
  return {
    length: queues.reduce((sum, { length }) => sum + length, 0),
    limit: limits.includes(null)
      ? first.limit
      : limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0),
  };
};
