/**
 * Tells whether a process runs that this user may not signal. With hidepid=2 (proc(5)) /proc shows
 * no trace of it; the kernel still answers to signal 0 (kill(2)).
 */
export const isSomebodyElses = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
