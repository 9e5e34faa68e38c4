import type { Ffi, NativeBuffer } from './ffi.ts';

/** An open netlink socket with its buffers; it stays in the namespace it was opened in. */
export type NetlinkChannel = {
  readonly ffi: Ffi;
  readonly descriptor: number;
  readonly request: NativeBuffer;
  readonly reply: NativeBuffer;
};

/** `errno` 0: the dump is complete. `interrupted`: the kernel's tables changed under it. */
export type DumpEnd = { readonly errno: number; readonly interrupted: boolean };

/** What a dump's messages are read from: `offset` of the payload and `end` of the message in `reply`. */
export type VisitMessage = (reply: NativeBuffer, offset: number, end: number) => void;

/** Protocols of netlink(7): routes and links; sockets. */
export const netlinkProtocol = { route: 0, sockDiag: 4 } as const;

/** Size of struct nlmsghdr; a request's payload starts there. */
export const headerSize = 16;

const netlinkFamily = 16;
const rawSocketCloseOnExec = 3 | 0o2000000;
const sockDiagByFamily = 20;
const requestFlag = 0x1;
const acknowledgeFlag = 0x4;
const requestDumpFlags = 0x301;
const severalMessagesFlag = 0x2;
const dumpInterruptedFlag = 0x10;
const errorMessage = 2;
const doneMessage = 3;
const doNotWait = 0x40;
const interruptedCall = 4;
const noMessage = 42;
const replySize = 65_536;

/**
 * Opens a channel for sock_diag(7) requests, or those of another protocol, in the thread's current
 * network namespace. A number is the errno of socket(2). Close it with `closeNetlink`.
 */
export const openNetlink = (
  ffi: Ffi,
  protocol: number = netlinkProtocol.sockDiag,
): NetlinkChannel | number => {
  const descriptor = ffi.socket(netlinkFamily, rawSocketCloseOnExec, protocol);
  if (descriptor < 0) return ffi.errno();
  return { ffi, descriptor, ...buffersOf(ffi) };
};

/** Closes the channel; its buffers are reused by the next. */
export const closeNetlink = (channel: NetlinkChannel): void => {
  channel.ffi.close(channel.descriptor);
};

/**
 * Sends the request whose payload of `size` bytes the caller has put into `channel.request` behind
 * the header, and visits every message of the answer. A dump's messages are made as they are
 * received, so that nothing is waited for. `type`: the message type, of sock_diag(7) where left out.
 */
export const dump = (
  channel: NetlinkChannel,
  size: number,
  visit: VisitMessage,
  type: number = sockDiagByFamily,
): DumpEnd => exchange(channel, type | (requestDumpFlags << 16), size, visit);

/**
 * Sends a request for one thing, of this message type, with a payload as `dump` takes it, and returns
 * what `decode` makes of the answer (null: nothing); a number is the errno of what failed.
 */
export const ask = <T extends object>(
  channel: NetlinkChannel,
  type: number,
  size: number,
  decode: (...message: Parameters<VisitMessage>) => T | null,
): T | number => {
  const answers: T[] = [];
  const { errno } = exchange(channel, type | (requestFlag << 16), size, (...message) => {
    const answer = decode(...message);
    if (answer !== null) answers.push(answer);
  });
  return answers[0] ?? (errno === 0 ? noMessage : errno);
};

/**
 * Sends a request that changes something, of this message type, with a payload as `dump` takes it, and
 * returns the errno that the kernel acknowledges it with: 0, it is done.
 */
export const command = (channel: NetlinkChannel, type: number, size: number): number =>
  exchange(channel, type | ((requestFlag | acknowledgeFlag) << 16), size, () => {}).errno;

const exchange = (
  channel: NetlinkChannel,
  typeAndFlags: number,
  size: number,
  visit: VisitMessage,
): DumpEnd => {
  const { ffi, descriptor, request } = channel;
  sequence = (sequence + 1) >>> 0;
  const length = headerSize + size;
  request.words.set([length, typeAndFlags, sequence, 0]);
  if (repeated(ffi, () => ffi.send(descriptor, request.address, length, 0)) < 0)
    return { errno: ffi.errno(), interrupted: false };
  return receive(channel, sequence, visit);
};

let sequence = 0;
let buffers: { readonly request: NativeBuffer; readonly reply: NativeBuffer } | undefined;

// One pair for all channels: requests run one after the other.
const buffersOf = (ffi: Ffi): { readonly request: NativeBuffer; readonly reply: NativeBuffer } =>
  (buffers ??= { request: ffi.allocate(128), reply: ffi.allocate(replySize) });

const repeated = (ffi: Ffi, call: () => number): number => {
  let result = call();
  while (result < 0 && ffi.errno() === interruptedCall) result = call();
  return result;
};

const receive = (channel: NetlinkChannel, expected: number, visit: VisitMessage): DumpEnd => {
  const { ffi, descriptor, reply } = channel;
  let interrupted = false;
  for (;;) {
    const call = (): number => ffi.recv(descriptor, reply.address, replySize, doNotWait);
    const length = repeated(ffi, call);
    if (length <= 0) return { errno: length === 0 ? noMessage : ffi.errno(), interrupted };
    const end = readMessages(reply, length, expected, visit);
    interrupted ||= end.interrupted;
    if (end.errno !== null) return { errno: end.errno, interrupted };
  }
};

/** The messages of one recv(2). `errno` null: the dump goes on. */
const readMessages = (
  reply: NativeBuffer,
  length: number,
  expected: number,
  visit: VisitMessage,
): { readonly errno: number | null; readonly interrupted: boolean } => {
  const { words } = reply;
  let interrupted = false;
  for (let at = 0; at + headerSize <= length;) {
    const size = words[at >> 2] ?? 0;
    if (size < headerSize || at + size > length) return { errno: noMessage, interrupted };
    const typeAndFlags = words[(at >> 2) + 1] ?? 0;
    // What an earlier, abandoned dump left in the queue carries another number.
    if (words[(at >> 2) + 2] === expected) {
      const type = typeAndFlags & 0xffff;
      interrupted ||= ((typeAndFlags >>> 16) & dumpInterruptedFlag) !== 0;
      if (type === errorMessage || type === doneMessage)
        return { errno: endingErrno(words, at, size), interrupted };
      visit(reply, at + headerSize, at + size);
      if (((typeAndFlags >>> 16) & severalMessagesFlag) === 0) return { errno: 0, interrupted };
    }
    at += (size + 3) & ~3;
  }
  return { errno: null, interrupted };
};

// NLMSG_ERROR and NLMSG_DONE both carry a negative errno, or 0.
const endingErrno = (words: Uint32Array, at: number, size: number): number =>
  size < headerSize + 4 ? 0 : Math.abs((words[(at + headerSize) >> 2] ?? 0) | 0);
