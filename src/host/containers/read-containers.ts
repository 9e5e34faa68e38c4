import type { Container } from '../../model/container.ts';
import { unknown } from '../../model/known.ts';
import type { Problem } from '../../model/problem.ts';
import type { ContainerReading } from '../host.ts';

/** Which engines to ask, and how. */
export type ContainerQuery = {
  /** Paths of engines' unix sockets. */
  readonly sockets: readonly string[];
  /** Whether to ask for each container's main process too. */
  readonly pids: boolean;
  /** Milliseconds for everything together. */
  readonly budgetMs: number;
  /**
   * Whether a pid is, in our pid namespace, a process of the container: an engine in a virtual
   * machine counts its own.
   */
  readonly isMember: (pid: number, containerId: string) => boolean;
};

const nothing: ContainerReading = { containers: [], problems: [] };

/**
 * Asks every engine for its running containers. Resolves within the budget whatever an engine does
 * and never rejects: what could not be had is a problem. Without sockets nothing is loaded.
 */
export const readContainers = async (
  query: ContainerQuery,
  signal: AbortSignal,
): Promise<ContainerReading> => {
  if (query.sockets.length === 0) return nothing;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(query.budgetMs)]);
  const readings = await Promise.all(query.sockets.map((path) => readEngine(path, query, limit)));
  return {
    containers: onePerId(readings.flatMap(({ containers }) => containers)),
    problems: readings.flatMap(({ problems }) => problems),
  };
};

const readEngine = async (
  socket: string,
  query: ContainerQuery,
  signal: AbortSignal,
): Promise<ContainerReading> => {
  try {
    const { askEngine } = await import('./engine-request.ts');
    const { parseContainers } = await import('./engine-json.ts');
    const { body, engine } = await askEngine(socket, '/containers/json', signal);
    const containers = parseContainers(body, engine);
    if (containers === null) throw new Error('its answer is no list of containers');
    if (!query.pids) return { containers, problems: [] };
    return { containers: await withPids(containers, socket, query, signal), problems: [] };
  } catch (error) {
    return { containers: [], problems: [problemOf(socket, error, signal)] };
  }
};

const inspectionsAtOnce = 4;

const withPids = async (
  containers: readonly Container[],
  socket: string,
  query: ContainerQuery,
  signal: AbortSignal,
): Promise<readonly Container[]> => {
  const answers = [...containers];
  const waiting = containers.entries();
  const work = async (): Promise<void> => {
    for (const [at, container] of waiting) {
      answers[at] = { ...container, pid: await mainPid(container.id, socket, query, signal) };
    }
  };
  await Promise.all(Array.from({ length: inspectionsAtOnce }, work));
  return answers;
};

const mainPid = async (
  id: string,
  socket: string,
  query: ContainerQuery,
  signal: AbortSignal,
): Promise<Container['pid']> => {
  try {
    const { askEngine } = await import('./engine-request.ts');
    const { parseMainPid } = await import('./engine-json.ts');
    const { body } = await askEngine(socket, `/containers/${id}/json`, signal);
    const pid = parseMainPid(body);
    if (pid === null) return unknown('gone', 'it has no main process');
    return query.isMember(pid, id)
      ? pid
      : unknown('other-namespace', 'no process of it is in this pid namespace under that number');
  } catch {
    return unknown('unsupported', 'the engine did not tell');
  }
};

const onePerId = (containers: readonly Container[]): readonly Container[] => [
  ...new Map(containers.map((container) => [container.id, container])).values(),
];

const problemOf = (socket: string, error: unknown, signal: AbortSignal): Problem => {
  const engine = `the container engine at ${socket}`;
  const missing = 'containers and their published ports are missing';
  if (signal.aborted) {
    const { id, what } = isTimeout(signal.reason) ? silent : stopped;
    return { id, reason: 'failed', detail: `${engine} ${what}: ${missing}` };
  }
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      id: 'container-engine-denied',
      reason: 'denied',
      detail: `${engine} is not open to this user: ${missing}`,
    };
  }
  const why = error instanceof Error ? error.message : String(error);
  return {
    id: 'container-engine-failed',
    reason: 'failed',
    detail: `${engine}: ${why}: ${missing}`,
  };
};

const silent = { id: 'container-engine-silent', what: 'did not answer in time' };
const stopped = { id: 'container-engine-stopped', what: 'was not waited for' };

/** AbortSignal.timeout() gives this reason, a caller's abort another. */
const isTimeout = (reason: unknown): boolean =>
  reason instanceof Error && reason.name === 'TimeoutError';
