import type { Ffi, NativeBuffer } from './ffi.ts';

/** Size that is enough to read most directories of /proc at one go. */
export const directoryBufferSize = 32_768;

// struct linux_dirent64 (getdents(2)): u64 inode, s64 offset, u16 record length, u8 type, name.
const recordLengthAt = 16;
const nameAt = 19;

/**
 * Visits the entries of an open directory whose names are decimal numbers (the pids of /proc, the
 * descriptors of /proc/PID/fd), in the kernel's order, without allocating. `nameAddress` is the
 * entry's name as a C string in `buffer`, valid during the visit. Returns 0, or the errno of
 * getdents64(2) after what it could read.
 */
export const forEachNumber = (
  ffi: Ffi,
  directory: number,
  buffer: NativeBuffer,
  visit: (value: number, nameAddress: number) => void,
): number => {
  const { bytes, address } = buffer;
  for (;;) {
    const length = ffi.getdents64(directory, address, bytes.length);
    if (length <= 0) return length === 0 ? 0 : ffi.errno();
    for (let at = 0; at < length; at += recordLength(bytes, at)) {
      const value = decimal(bytes, at + nameAt);
      if (value >= 0) visit(value, address + at + nameAt);
    }
  }
};

const recordLength = (bytes: Buffer, at: number): number =>
  (bytes[at + recordLengthAt] ?? 0) | ((bytes[at + recordLengthAt + 1] ?? 0) << 8);

/** The decimal number at `at` up to a NUL; -1 where there is anything but digits. */
const decimal = (bytes: Buffer, at: number): number => {
  let value = 0;
  for (let index = at; ; index += 1) {
    const digit = (bytes[index] ?? 0) - 48;
    if (digit === -48) return index === at ? -1 : value;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
};
