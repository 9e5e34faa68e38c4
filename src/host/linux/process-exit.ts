import { constants } from 'node:os';
import type { ProcessExit } from '../../model/ending.ts';
import { type Known, unknown } from '../../model/known.ts';
import type { Ffi } from './ffi.ts';

// PIDFD_GET_INFO, PIDFD_INFO_EXIT and the first version of struct pidfd_info (include/uapi/linux/pidfd.h).
const getInfo = 0xc040_ff0b;
const infoSize = 64;
const exitFlag = 8;
const exitCodeAt = 60;

/**
 * How the process of a pidfd ended. The kernel tells it from Linux 6.15 on, once its parent has been
 * told (`PIDFD_INFO_EXIT`).
 */
export const readExit = (ffi: Ffi, descriptor: number): Known<ProcessExit> => {
  const info = ffi.allocate(infoSize);
  info.bytes.writeUInt8(exitFlag, 0);
  if (ffi.ioctl(descriptor, getInfo, info.address) !== 0) return notTold;
  const isTold = (info.bytes.readUInt8(0) & exitFlag) !== 0;
  return isTold ? exitOf(info.bytes.readInt32LE(exitCodeAt)) : notTold;
};

const notTold = unknown('unsupported', 'only its parent is told');

/** A status of wait(2): the signal in the low seven bits, else the code above them. */
export const exitOf = (status: number): ProcessExit => {
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : { signal: signalName(signal) };
};

const signalName = (number: number): string =>
  Object.entries(constants.signals).find(([, one]) => one === number)?.[0] ?? `signal ${number}`;
