import type { LeaseKey, LeaseScope } from '../model/lease.ts';
import { lastPort } from '../model/port.ts';
import { hashOf } from './hash.ts';
import { firstPooled } from './pool.ts';

/** How many numbers all over the range are tried before all are gone through in order. */
const scattered = 512;

/**
 * The ports of a pool in the order in which a lease tries them, each once: the same for the same
 * key, so that a lost file gives the same ports again as far as they are free. Numbers are drawn
 * whatever is in the pool: another pool moves no lease but those whose port it has not.
 */
export function* portCandidates(
  { project, worktree, service, endpoint }: LeaseKey,
  isPooled: (port: number) => boolean,
): Generator<number, void, undefined> {
  const tried = new Set<number>();
  for (let attempt = 0; attempt < scattered; attempt += 1) {
    const hash = hashOf(project, worktree, service, endpoint, attempt);
    const port = firstPooled + (hash % (lastPort + 1 - firstPooled));
    if (tried.has(port) || !isPooled(port)) continue;
    tried.add(port);
    yield port;
  }
  for (const port of inOrder()) if (!tried.has(port) && isPooled(port)) yield port;
}

function* inOrder(): Generator<number, void, undefined> {
  for (let port = firstPooled; port <= lastPort; port += 1) yield port;
  for (let port = 1; port < firstPooled; port += 1) yield port;
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
