import type { AcceptEvidence, Holder } from '../../model/snapshot.ts';
import { blockingAccepts } from './blocking-accept.ts';
import { parseEpollTargets } from './epoll-watch.ts';
import type { EpollTarget } from './epoll-watch.ts';
import type { FileReader } from './file-reader.ts';

/** Looks for evidence that a holder itself accepts on the socket with this inode; null: none found. */
export type FindAcceptEvidence = (holder: Holder, inode: number) => AcceptEvidence | null;

type EpollSet = { readonly fd: number; readonly targets: readonly EpollTarget[] };

type Waits = { readonly accepts: readonly number[]; readonly epolls: readonly EpollSet[] };

/**
 * Makes a finder that reads each process at most once: a thread of it blocks in accept(2) on the
 * socket, or one of its epoll sets (`epolls`: pid → descriptors) watches it. A process that waits by
 * poll(2), select(2) or io_uring shows nothing, nor does one whose calls the kernel hides.
 */
export const createAcceptEvidence = (
  read: FileReader,
  procRoot: string,
  epolls: ReadonlyMap<number, readonly number[]>,
): FindAcceptEvidence => {
  const known = new Map<number, Waits>();
  const waitsOf = (pid: number): Waits => {
    const waits = known.get(pid) ?? {
      accepts: blockingAccepts(read, procRoot, pid),
      epolls: (epolls.get(pid) ?? []).map((fd) => readEpoll(read, procRoot, pid, fd)),
    };
    known.set(pid, waits);
    return waits;
  };
  return (holder, inode) => judge(waitsOf(holder.pid), holder, inode);
};

const readEpoll = (read: FileReader, procRoot: string, pid: number, fd: number): EpollSet => {
  const content = read(`${procRoot}/${pid}/fdinfo/${fd}`);
  const text = typeof content === 'number' ? '' : content.toString('latin1');
  return { fd, targets: parseEpollTargets(text) };
};

const judge = (
  { accepts, epolls }: Waits,
  { fds }: Holder,
  inode: number,
): AcceptEvidence | null => {
  const accepting = accepts.find((fd) => fds.includes(fd));
  if (accepting !== undefined) return { kind: 'accept', fd: accepting };
  for (const { fd: epollFd, targets } of epolls) {
    // A descriptor's number may have been reused since it was added; the inode is the socket itself.
    const target = targets.find(({ fd, inode: watched }) =>
      watched === null ? fds.includes(fd) : watched === inode,
    );
    if (target !== undefined) return { kind: 'epoll', epollFd, fd: target.fd };
  }
  return null;
};
