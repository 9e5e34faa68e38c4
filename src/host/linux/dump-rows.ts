import { dump } from './netlink.ts';
import type { NetlinkChannel } from './netlink.ts';
import type { NativeBuffer } from './ffi.ts';

const attempts = 3;

/** How a dump went: `errno` 0 and the rows are appended, else none is. `torn`: rows may be missing or stale. */
export type DumpResult = { readonly errno: number; readonly torn: boolean };

/**
 * Dumps and appends each decoded message to `rows` (null: not wanted). Where the kernel's tables
 * changed under the dump it is taken again, three times at most; the last is then kept as `torn`.
 */
export const dumpRows = <T>(
  channel: NetlinkChannel,
  writeRequest: (request: NativeBuffer) => number,
  decode: (reply: NativeBuffer, offset: number, end: number) => T | null,
  rows: T[],
): DumpResult => {
  const start = rows.length;
  for (let attempt = 1; ; attempt += 1) {
    const end = dump(channel, writeRequest(channel.request), (reply, offset, messageEnd) => {
      const row = decode(reply, offset, messageEnd);
      if (row !== null) rows.push(row);
    });
    if (end.errno === 0 && (!end.interrupted || attempt === attempts))
      return { errno: 0, torn: end.interrupted };
    rows.length = start;
    if (end.errno !== 0 && (!isPassing(end.errno) || attempt === attempts))
      return { errno: end.errno, torn: false };
  }
};

// ENOBUFS and EBUSY: the socket's queue overflowed, or its earlier dump has not ended yet.
const isPassing = (errno: number): boolean => errno === 105 || errno === 16;
