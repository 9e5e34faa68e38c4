import type { UnknownReason } from '../../model/known.ts';

/** Error numbers that code tests for, the same on every Linux architecture Homeport runs on. */
export const errno = { EPERM: 1, ENOENT: 2, ESRCH: 3, EACCES: 13 } as const;

/** Whether the kernel refused a call for want of rights. */
export const isDenied = (number: number): boolean =>
  number === errno.EPERM || number === errno.EACCES;

/** Why a file or a call that failed with this number could not be read. */
export const reasonOf = (number: number): UnknownReason =>
  isDenied(number) ? 'denied' : 'unsupported';
