import { type Judgement, judgeProcesses } from '../explain/judgement.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { takeSnapshot } from '../host/snapshot.ts';
import { isKnown, knownOr, type Known } from '../model/known.ts';
import type { LeaseScope, PortUse, PortUser } from '../model/lease.ts';
import type { Project } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { InetSocket, Socket } from '../model/socket.ts';
import { isSameScope, leaseScopeOf } from '../ports/scope.ts';
import type { LiveContext } from './operation.ts';

/** A port whose use is asked about, and the project that would be its rightful user. */
export type AskedPort = LeaseScope & {
  readonly folder: string;
  /** null: on every address. */
  readonly address: string | null;
  readonly port: number;
};

const nobody: PortUse = { by: 'nobody', users: [] };

/** Who has one TCP port now. Passive: only the kernel's tables are asked. */
export const portUse = async (context: LiveContext, asked: AskedPort): Promise<PortUse> => {
  const { sockets } = context.host.sockets({
    unix: false,
    states: 'connected',
    otherNamespaces: false,
    localPort: asked.port,
  });
  if (usersSockets(sockets, asked).length === 0) return nobody;
  return (await portUses(context, asked.port))(asked);
};

/** Makes the judge of who has a port, from one look at the machine; `localPort`: at this port alone. */
export const portUses = async (
  context: LiveContext,
  localPort?: number,
): Promise<(asked: AskedPort) => PortUse> => {
  const snapshot = await takeSnapshot(
    context.host,
    {
      unix: false,
      states: 'connected',
      otherNamespaces: false,
      holdersOf: 'all',
      ...(localPort === undefined ? {} : { localPort }),
    },
    context.signal,
    context.now,
  );
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  return (asked) => {
    const users = usersSockets(snapshot.sockets, asked).flatMap((socket) =>
      usersOf(socket, asked, judgement, context),
    );
    return { by: worst(users), users: distinct(users) };
  };
};

/** The listeners; where there are none, what else keeps a server from the port. */
const usersSockets = (sockets: readonly Socket[], asked: AskedPort): readonly InetSocket[] => {
  const there = sockets.filter(
    (socket): socket is InetSocket =>
      socket.transport === 'tcp' &&
      socket.namespace === 'this' &&
      socket.local.port === asked.port &&
      socket.state !== 'time-wait' &&
      (asked.address === null || overlaps(socket.local.address, asked.address)),
  );
  const listening = there.filter(({ state }) => state === 'listen');
  return listening.length > 0 ? listening : there;
};

const overlaps = (bound: string, address: string): boolean =>
  bound === address || bound === '0.0.0.0' || bound === '::';

const usersOf = (
  socket: InetSocket,
  asked: AskedPort,
  judgement: Judgement,
  context: LiveContext,
): readonly PortUser[] => {
  const base = {
    role: socket.state === 'listen' ? ('listens' as const) : ('connects' as const),
    address: socket.local.address,
  };
  const holders = judgement.index
    .holders(socket.inode)
    .flatMap(({ pid }) => judgement.index.process(pid) ?? []);
  if (holders.length === 0) {
    const nothing = { pid: null, program: null, project: null, worktree: null };
    return [{ ...base, ...nothing, relation: 'unknown' }];
  }
  return holders.map((process) => {
    const project = judgement.project(process);
    const known = project === null ? null : knownOr(project, null);
    return {
      ...base,
      pid: process.pid,
      program: judgement.program(process).name,
      project: known?.root ?? null,
      worktree: known?.worktree ?? null,
      relation: relationOf(process, project, asked, context),
    };
  });
};

const relationOf = (
  process: Process,
  project: Known<Project> | null,
  asked: AskedPort,
  { host }: LiveContext,
): PortUser['relation'] => {
  if (project !== null && !isKnown(project)) return 'unknown';
  if (project === null) return isBelow(process, asked.folder) ? 'holder' : 'stranger';
  const scope = leaseScopeOf(project.root, host.project(project.root));
  return isSameScope(scope, asked) ? 'holder' : 'stranger';
};

/** Where no project is found a folder stands for itself, with what runs in and below it. */
const isBelow = ({ cwd }: Process, folder: string): boolean => {
  const at = knownOr(cwd, null);
  return at !== null && (at === folder || at.startsWith(`${folder}/`));
};

const worst = (users: readonly PortUser[]): PortUse['by'] => {
  const relations = new Set(users.map(({ relation }) => relation));
  if (relations.size === 0) return 'nobody';
  if (relations.has('stranger')) return 'stranger';
  return relations.has('unknown') ? 'unknown' : 'holder';
};

const distinct = (users: readonly PortUser[]): readonly PortUser[] => [
  ...new Map(users.map((user) => [`${user.role} ${user.address} ${user.pid}`, user])).values(),
];
