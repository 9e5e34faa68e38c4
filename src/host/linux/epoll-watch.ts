/** One descriptor that an epoll set watches; `inode` null on kernels that do not show it. */
export type EpollTarget = { readonly fd: number; readonly inode: number | null };

/**
 * What an epoll set watches, from the text of /proc/PID/fdinfo/FD: `tfd` lines (proc(5)). The
 * number is the descriptor at the time it was added, the inode (hexadecimal) the file itself.
 */
export const parseEpollTargets = (text: string): readonly EpollTarget[] =>
  [...text.matchAll(/^tfd:\s*(\d+)(?:.*? ino:([\da-f]+))?/gm)].map(([, fd, inode]) => ({
    fd: Number(fd),
    inode: inode === undefined ? null : Number.parseInt(inode, 16),
  }));
