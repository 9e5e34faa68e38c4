import { isDeepStrictEqual } from 'node:util';
import { isKnown, knownOr, unknown } from '../model/known.ts';
import type { Process } from '../model/process.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Host } from './host.ts';

const ambiguous = unknown(
  'other-namespace',
  'processes with different file trees run in a folder of this name',
);

/**
 * Reads the project of each process's working directory. Where two processes mean different folders
 * by the same name (a container's and the host's `/app`), none is told.
 */
export const projectsOf = (host: Host, processes: readonly Process[]): Snapshot['projects'] => {
  const seen = new Set<string>();
  const projects = new Map<string, Snapshot['projects'][string]>();
  for (const process of processes) {
    if (!isKnown(process.cwd)) continue;
    const key = `${knownOr(process.namespaces.mnt, '')} ${process.cwd}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const facts = host.project(process.cwd, process.pid);
    const before = projects.get(process.cwd);
    const agrees = before === undefined || isDeepStrictEqual(before, facts);
    projects.set(process.cwd, agrees ? facts : ambiguous);
  }
  return Object.fromEntries(projects);
};
