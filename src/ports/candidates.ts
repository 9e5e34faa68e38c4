import type { LeaseKey, LeaseScope } from '../model/lease.ts';
import { lastPort } from '../model/port.ts';
import { hashOf } from './hash.ts';

/** How many numbers all over the range are tried before the pool is gone through in order. */
const scattered = 512;
const lowest = 10_000;

/**
 * The ports of a pool in the order in which a lease tries them, each once: the same for the same
 * key, so that a lost file gives the same ports again as far as they are free. Numbers are drawn
 * whatever is in the pool: another pool moves no lease but those whose port it has not.
 */
export function* portCandidates(
  { project, worktree, service, endpoint }: LeaseKey,
  pool: readonly number[],
): Generator<number, void, undefined> {
  const left = new Set(pool);
  for (let attempt = 0; attempt < scattered; attempt += 1) {
    const hash = hashOf(project, worktree, service, endpoint, attempt);
    const port = lowest + (hash % (lastPort + 1 - lowest));
    if (left.delete(port)) yield port;
  }
  yield* left;
}

const mostAddresses = 4_096;

/**
 * Addresses of 127.0.0.0/8 in the order in which a project's worktree tries them. Nothing of
 * 127.0.0.0/16: 127.0.0.1, the resolvers' 127.0.0.53 and .54, and Debian's 127.0.1.1 are there.
 */
export function* addressCandidates({
  project,
  worktree,
}: LeaseScope): Generator<string, void, undefined> {
  for (let attempt = 0; attempt < mostAddresses; attempt += 1) {
    const hash = hashOf(project, worktree, 'address', attempt);
    const second = 1 + (hash % 254);
    const third = (hash >>> 8) % 256;
    const fourth = 1 + ((hash >>> 16) % 254);
    yield `127.${second}.${third}.${fourth}`;
  }
}
