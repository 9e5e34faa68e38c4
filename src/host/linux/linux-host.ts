import { homedir } from 'node:os';
import { containerFromCgroup } from '../../model/container-cgroup.ts';
import { invalidInput } from '../../model/error.ts';
import { isUnknown, type Known, unknown } from '../../model/known.ts';
import type { ProjectFacts } from '../../model/project-facts.ts';
import { engineSockets } from '../containers/engine-sockets.ts';
import { readContainers } from '../containers/read-containers.ts';
import { dial } from '../dial.ts';
import type { Host } from '../host.ts';
import { tryListen } from '../listen-trial.ts';
import { makeLoopbackTrip } from '../loopback-trip.ts';
import { realFolder, textFile } from '../named-path.ts';
import { readProject } from '../project.ts';
import { resolveName } from '../resolve.ts';
import { openStateFile } from '../state/open-state-file.ts';
import { stateFolder } from '../state/state-folder.ts';
import { readAsker } from './asker.ts';
import { readBootFacts, textOf } from './boot.ts';
import { findCgroupPaths } from './cgroups.ts';
import { openFfi } from './ffi.ts';
import { fileLocks } from './file-lock.ts';
import { createFileReader, type FileReader } from './file-reader.ts';
import { readFileWatches } from './file-watches.ts';
import { readHolders } from './holders.ts';
import { readInterfaces } from './interfaces.ts';
import { readMachine } from './machine.ts';
import { namespaceLink } from './namespace-link.ts';
import { readNetwork } from './network.ts';
import { parseCgroup } from './process-cgroup.ts';
import { processFolders } from './process-folder.ts';
import { isRunning, listPids, type ProcessContext, readProcess } from './processes.ts';
import { reservedPortsFile, writeReservedPorts } from './reserved-ports.ts';
import { type KernelRoot, kernelRoot } from './root.ts';
import { socketsInUse } from './sockets-in-use.ts';
import { readSelf } from './self.ts';
import { readSockets } from './sockets.ts';
import { tryBind } from './try-bind.ts';
import { peoplesHomes, userNames } from './users.ts';

const engineBudgetMs = 2_000;
const notThisMachine = unknown('unsupported', 'nothing can be bound on a copy of a machine');

/**
 * A Linux machine: the one that `root` names, by default this one or what `HOMEPORT_PROC` says.
 * Throws as `kernelRoot` does. User names and projects are read once and remembered.
 */
export const linuxHost = (root: KernelRoot = kernelRoot()): Host => {
  const read = lateReader(root);
  const processes = processContext(root, read);
  return {
    machine: () => readMachine(root, read, processes().boot),
    interfaces: () => readInterfaces(root, read, root.isReal ? openFfi() : null),
    socketsInUse: () => socketsInUse(root, read),
    sockets: (query) => readSockets(root.proc, query),
    holders: (wanted) => readHolders(root.proc, wanted),
    process: (pid, detail) => readProcess(processes(), pid, detail),
    isRunning: (identity) => isRunning(processes(), identity),
    pids: () => listPids(root),
    cgroupPaths: (ids) => findCgroupPaths(root, ids),
    userName: (uid) => processes().userName(uid),
    project: rememberProjects(root, read),
    containers: (signal, options) =>
      readContainers(
        {
          sockets: engineSockets(root.files, process.env),
          pids: options?.pids ?? false,
          budgetMs: engineBudgetMs,
          isMember: (pid, id) => isMember(root, read, pid, id),
        },
        signal,
      ),
    resolve: resolveName,
    network: (destinations) => readNetwork(root, read, destinations),
    fileWatches: () => readFileWatches(root, read),
    asker: () => readAsker(root, read),
    firewall: async (signal) => {
      const { readFirewall } = await import('./firewall/read-firewall.ts');
      return readFirewall(root, read, signal);
    },
    loopbackTrip: makeLoopbackTrip,
    tryBind: (endpoint) => (root.isReal ? tryBind(openFfi(), endpoint) : notThisMachine),
    tryListen: async (endpoint) => (root.isReal ? tryListen(endpoint) : notThisMachine),
    stateFile: (name) =>
      openStateFile(stateFolder(process.env, homedir), name, fileLocks(root, read)),
    reservedPorts: {
      file: reservedPortsFile,
      write: (list) => writeReservedPorts(root, list),
    },
    realFolder,
    textFile,
    terminalText: async (signal) => {
      const { readTerminalText } = await import('./terminal-text.ts');
      return readTerminalText(root, process.env, signal);
    },
    self: () => (root.isReal ? readSelf(root, process.env) : notRunningThere),
    control: async () => {
      if (!root.isReal) throw nothingToChange();
      const { linuxControl } = await import('./linux-control.ts');
      return linuxControl(processes());
    },
    dial,
  };
};

const notRunningThere = unknown('unsupported', 'Homeport does not run on a copy of a machine');

const nothingToChange = () =>
  invalidInput('nothing can be changed on a copy of a machine', '--dry-run shows the plan');

/** Loads libc at the first file: a verb that judges a snapshot reads none. */
const lateReader = (root: KernelRoot): FileReader => {
  let reader: FileReader | null = null;
  return (path) => (reader ??= createFileReader(root.isReal ? openFfi() : null))(path);
};

/** Made at the first question: a verb that reads no process pays nothing. */
const processContext = (root: KernelRoot, read: FileReader): (() => ProcessContext) => {
  let context: ProcessContext | null = null;
  return () =>
    (context ??= {
      root,
      open: processFolders(root, root.isReal ? openFfi() : null),
      boot: readBootFacts(root, read),
      userName: userNames(root, read),
    });
};

const rememberProjects = (root: KernelRoot, read: FileReader): Host['project'] => {
  const known = new Map<string, Known<ProjectFacts> | null>();
  let own: Known<string> | null = null;
  let homes: ReadonlySet<string> | null = null;
  return (directory, pid) => {
    own ??= namespaceLink(root, 'self', 'mnt');
    const theirs = pid === undefined ? own : namespaceLink(root, pid, 'mnt');
    // A process in another mount namespace (a container) has another file tree.
    const foreign = !isUnknown(theirs) && !isUnknown(own) && theirs !== own;
    const key = `${foreign ? theirs : ''} ${directory}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    homes ??= peoplesHomes(root, read, root.isReal ? process.env['HOME'] : undefined);
    const facts = foreign
      ? readProject(`${root.proc}/${pid}/root`, directory)
      : readProject(root.files, directory, homes);
    known.set(key, facts);
    return facts;
  };
};

const isMember = (root: KernelRoot, read: FileReader, pid: number, id: string): boolean => {
  const cgroup = parseCgroup(textOf(read(`${root.proc}/${pid}/cgroup`)) ?? '');
  const container = cgroup === null ? null : containerFromCgroup(cgroup);
  return container !== null && id.startsWith(container.id);
};
