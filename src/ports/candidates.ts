import type { LeaseKey, LeaseScope } from '../model/lease.ts';
import { hashOf } from './hash.ts';

/** How many ports all over the pool are tried before the rest is gone through in order. */
const scattered = 64;

/**
 * The ports of a pool in the order in which a lease tries them, each once: the same for the same
 * key, so that a lost file gives the same ports again as far as they are free.
 */
export function* portCandidates(
  { project, worktree, service, endpoint }: LeaseKey,
  pool: readonly number[],
): Generator<number, void, undefined> {
  const tried = new Set<number>();
  for (let attempt = 0; attempt < Math.min(scattered, pool.length); attempt += 1) {
    const port = pool[hashOf(project, worktree, service, endpoint, attempt) % pool.length];
    if (port === undefined || tried.has(port)) continue;
    tried.add(port);
    yield port;
  }
  for (const port of pool) if (!tried.has(port)) yield port;
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
