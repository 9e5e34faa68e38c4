import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What of the environment says where an engine's socket is. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The unix sockets of container engines that exist, or that may exist in a folder of theirs
 * that is closed to this user: where `DOCKER_HOST` says, then where Docker and Podman put them, system-wide and the user's
 * own; each once, links resolved. `files` stands before
 * the paths of a machine that is not this one, whose environment is not ours either.
 */
export const engineSockets = (files: string, environment: Environment): readonly string[] => {
  const candidates =
    files === ''
      ? [...namedSocket(environment), ...systemSockets, ...userSockets(environment)]
      : systemSockets.map((path) => files + path);
  return [...new Set(candidates.flatMap(existingSocket))];
};

const systemSockets: readonly string[] = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/podman/podman.sock',
];

/** An engine elsewhere (`tcp://`, `ssh://`) has no containers of this machine. */
const namedSocket = (environment: Environment): readonly string[] => {
  const path = /^unix:\/\/(\/.+)$/.exec(environment['DOCKER_HOST'] ?? '')?.[1];
  return path === undefined ? [] : [path];
};

const userSockets = (environment: Environment): readonly string[] => {
  const runtime = environment['XDG_RUNTIME_DIR'];
  const home = environment['HOME'];
  return [
    ...(runtime === undefined ? [] : [`${runtime}/docker.sock`, `${runtime}/podman/podman.sock`]),
    ...(home === undefined ? [] : [`${home}/.docker/desktop/docker.sock`]),
  ];
};

const existingSocket = (path: string): readonly string[] => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isSocket() ? [realpathSync(path)] : [];
  } catch (error) {
    // Asked all the same, a closed folder's socket is told as denied instead of passed over.
    const closed = error instanceof Error && 'code' in error && error.code === 'EACCES';
    return closed && isThere(dirname(path)) ? [path] : [];
  }
};

/** A folder further up that is closed does not tell whether there is an engine at all. */
const isThere = (folder: string): boolean => {
  try {
    return statSync(folder, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
};
