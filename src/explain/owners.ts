import { isKnown, knownOr, type Unknown, unknown } from '../model/known.ts';
import type { OwnerReference } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { AcceptEvidence, Holder } from '../model/snapshot.ts';
import type { InetSocket, Socket } from '../model/socket.ts';
import type { Judgement } from './judgement.ts';

/** Who answers for a listening address: every holder, and the process that is named first. */
export type Ownership = {
  readonly owners: readonly OwnerReference[] | Unknown;
  /** The accepting process, the longest running where several do; null where none could be seen. */
  readonly process: Process | null;
  /** systemd (the system's or a user's) holds the same socket: it activates or keeps it. */
  readonly heldByInit: boolean;
};

/**
 * Names everyone who holds a listener's sockets and tells, with evidence, who accepts. Nothing is
 * guessed: where no evidence tells holders apart all of them are `holds`.
 */
export const ownershipOf = (
  sockets: readonly Socket[],
  judgement: Judgement,
  accepted: (inode: number, pid: number) => number,
): Ownership => {
  const [socket] = sockets;
  const alone = sockets.length === 1 && socket !== undefined ? soleHolder(socket, judgement) : null;
  if (alone !== null) return alone;
  const holders = sockets.flatMap((one) => holdersOf(one, judgement, accepted));
  if (holders.length === 0) {
    return { owners: nobodySeen(sockets, judgement), process: null, heldByInit: false };
  }
  const claims = oneClaimPerProcess(holders);
  const first = claims[0];
  return {
    owners: claims.map((claim) => ownerReference(claim, judgement)),
    process: first?.process ?? null,
    heldByInit: claims.some((claim) => isSystemd(claim.process)) && claims.length > 1,
  };
};

/** The common case, kept short because there may be ten thousand: one socket, one process. */
const soleHolder = (socket: Socket, judgement: Judgement): Ownership | null => {
  const holders = judgement.index.holders(socket.inode);
  const [holder] = holders;
  if (holders.length !== 1 || holder === undefined) return null;
  const process = judgement.index.process(holder.pid);
  if (process === null) return null;
  const before = soleOwnerships.get(process);
  if (before !== undefined) return before;
  const claim = { process, role: 'accepts', evidence: [onlyHolder] } as const;
  const owners = [ownerReference(claim, judgement)];
  const ownership = { owners, process, heldByInit: false };
  soleOwnerships.set(process, ownership);
  return ownership;
};

// A process has one and the same answer for all the sockets that it holds alone.
const soleOwnerships = new WeakMap<Process, Ownership>();

type Claim = {
  readonly process: Process;
  readonly role: OwnerReference['role'];
  readonly evidence: readonly string[];
};

const holdersOf = (
  socket: Socket,
  judgement: Judgement,
  accepted: (inode: number, pid: number) => number,
): readonly Claim[] => {
  const seen = judgement.index.holders(socket.inode).flatMap((holder) => {
    const process = judgement.index.process(holder.pid);
    return process === null ? [] : [{ holder, process }];
  });
  const only = seen.length === 1 ? seen[0] : undefined;
  if (only !== undefined) {
    return [{ process: only.process, role: 'accepts', evidence: [onlyHolder] }];
  }
  const claims = seen.map(({ holder, process }) => {
    const isParentThere = seen.some((one) => one.process.pid === process.ppid);
    const isForked = isParentThere && isNewborn(process, judgement);
    return sharedClaim(socket, holder, process, isForked ? noneAccepted : accepted);
  });
  return claims.some((claim) => claim.role === 'accepts') ? claims : claims.map(unresolved);
};

const newbornMs = 1_000;

/**
 * A child forked for one connection has, before it closes it, the listener too. Its connection is no
 * evidence then that it accepts; that of a worker, which has run for a while, is.
 */
const isNewborn = ({ startedAt }: Process, { index }: Judgement): boolean =>
  Date.parse(index.snapshot.takenAt) - Date.parse(startedAt) < newbornMs;

const noneAccepted = (): number => 0;

const onlyHolder = 'the only process that holds the socket';

const sharedClaim = (
  socket: Socket,
  holder: Holder,
  process: Process,
  accepted: (inode: number, pid: number) => number,
): Claim => {
  const connections = accepted(socket.inode, holder.pid);
  const evidence = [
    ...(holder.accepting === null ? [] : [acceptSentence(holder.accepting)]),
    ...(connections > 0 ? [`holds ${connections} connections accepted from it`] : []),
  ];
  return evidence.length > 0
    ? { process, role: 'accepts', evidence }
    : { process, role: 'holds', evidence: [`has it as fd ${holder.fds.join(', ')}`] };
};

const acceptSentence = (evidence: AcceptEvidence): string =>
  evidence.kind === 'accept'
    ? `blocks in accept() on fd ${evidence.fd}`
    : `its epoll set (fd ${evidence.epollFd}) watches fd ${evidence.fd}`;

const unresolved = (claim: Claim): Claim => ({
  ...claim,
  evidence: [...claim.evidence, 'nothing shows which of the holders accepts'],
});

const oneClaimPerProcess = (claims: readonly Claim[]): readonly Claim[] => {
  const byPid = new Map<number, Claim>();
  for (const claim of claims) {
    const before = byPid.get(claim.process.pid);
    if (before === undefined || (before.role === 'holds' && claim.role === 'accepts')) {
      byPid.set(claim.process.pid, claim);
    }
  }
  return [...byPid.values()].sort(byRoleThenAge);
};

const byRoleThenAge = (a: Claim, b: Claim): number =>
  (a.role === 'accepts' ? 0 : 1) - (b.role === 'accepts' ? 0 : 1) ||
  a.process.startTicks - b.process.startTicks ||
  a.process.pid - b.process.pid;

const ownerReference = (claim: Claim, judgement: Judgement): OwnerReference => ({
  pid: claim.process.pid,
  startedAt: claim.process.startedAt,
  name: judgement.program(claim.process).name,
  role: claim.role,
  evidence: claim.evidence,
  uid: claim.process.uid,
  user: claim.process.user,
});

/** Whether a process is systemd: only that init passes sockets on; a container's pid 1 may be any server. */
export const isSystemd = (process: Process): boolean => process.comm === 'systemd';

/** Why nobody can be named as the holder of these sockets. */
export const nobodySeen = (sockets: readonly Socket[], judgement: Judgement): Unknown => {
  if (sockets.every(({ inode }) => inode === 0)) {
    return unknown('gone', "the kernel's own: no process holds it");
  }
  const { snapshot } = judgement.index;
  if (snapshot.unreadableProcesses === 0) {
    return unknown('other-namespace', 'no process of this pid namespace holds the socket');
  }
  const uid = sockets.map((socket) => socket.uid).find((candidate) => isKnown(candidate));
  const user = uid === undefined ? null : snapshot.users[String(knownOr(uid, -1))];
  const whose = user === null || user === undefined ? '' : ` of ${user}`;
  return unknown('denied', `held by a process${whose} whose descriptors this user may not read`);
};

/**
 * Counts, per listening inode and holder, the connections accepted from that listener which the
 * holder still holds: evidence of who accepts where several share a socket.
 */
export const acceptedConnections = (
  sockets: readonly Socket[],
  judgement: Judgement,
): ((inode: number, pid: number) => number) => {
  const counts = new Map<string, number>();
  let counted = false;
  return (inode, pid) => {
    if (!counted) countAccepted(sockets, judgement, counts);
    counted = true;
    return counts.get(`${inode} ${pid}`) ?? 0;
  };
};

const countAccepted = (
  sockets: readonly Socket[],
  judgement: Judgement,
  counts: Map<string, number>,
): void => {
  const inet = sockets.filter((socket): socket is InetSocket => socket.transport === 'tcp');
  const listening = Map.groupBy(
    inet.filter((socket) => socket.state === 'listen'),
    portOf,
  );
  for (const socket of inet) {
    if (socket.state === 'listen') continue;
    const samePort = listening.get(portOf(socket)) ?? [];
    const listeners = samePort.filter(({ local }) => hasTaken(local.address, socket));
    for (const { pid } of judgement.index.holders(socket.inode)) {
      for (const { inode } of listeners) {
        counts.set(`${inode} ${pid}`, (counts.get(`${inode} ${pid}`) ?? 0) + 1);
      }
    }
  }
};

/** A connection has the family of the listener that took it. */
const portOf = ({ namespace, family, local }: InetSocket): string =>
  `${namespace} ${family} ${local.port}`;

const hasTaken = (listening: string, { local }: InetSocket): boolean =>
  listening === local.address || listening === '0.0.0.0' || listening === '::';
