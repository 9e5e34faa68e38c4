import { ipBytes } from '../../model/ip.ts';
import { knownOr } from '../../model/known.ts';
import type { InetSocket } from '../../model/socket.ts';
import type { SocketDestruction } from '../host-control.ts';
import { errno, isDenied } from './errno.ts';
import type { Ffi, NativeBuffer } from './ffi.ts';
import { closeNetlink, command, headerSize, openNetlink } from './netlink.ts';

// SOCK_DESTROY and struct inet_diag_req_v2 (include/uapi/linux/sock_diag.h, inet_diag.h).
const sockDestroy = 21;
const requestSize = 56;
const families = { ipv4: 2, ipv6: 10 } as const;
const protocols = { tcp: 6, udp: 17 } as const;
const everyState = 0xffff_ffff;
const portsAt = headerSize + 8;
const sourceAt = headerSize + 12;
const destinationAt = headerSize + 28;
const interfaceAt = headerSize + 44;
const cookieAt = headerSize + 48;
const noCookie = 0xffff_ffff_ffff_ffffn;

/**
 * Closes a socket of this network namespace as if it had been reset, whoever holds it: its peer is told
 * by RST, its holder by ECONNABORTED. The kernel asks for CAP_NET_ADMIN. `ffi` null: `unsupported`.
 */
export const destroySocket = (ffi: Ffi | null, socket: InetSocket): SocketDestruction => {
  const channel = ffi === null ? -1 : openNetlink(ffi);
  if (typeof channel === 'number') return 'unsupported';
  try {
    writeRequest(channel.request, socket);
    return outcome(command(channel, sockDestroy, requestSize));
  } finally {
    closeNetlink(channel);
  }
};

const outcome = (number: number): SocketDestruction => {
  if (number === 0) return 'destroyed';
  if (isDenied(number)) return 'denied';
  return number === errno.ENOENT ? 'gone' : 'unsupported';
};

const writeRequest = ({ bytes }: NativeBuffer, socket: InetSocket): void => {
  const { family, transport, local, remote, cookie, interfaceIndex } = socket;
  bytes.fill(0, headerSize, headerSize + requestSize);
  bytes[headerSize] = families[family];
  bytes[headerSize + 1] = protocols[transport];
  bytes.writeUInt32LE(everyState, headerSize + 4);
  bytes.writeUInt16BE(local.port, portsAt);
  bytes.writeUInt16BE(remote.port, portsAt + 2);
  bytes.set(ipBytes(local.address) ?? [], sourceAt);
  bytes.set(ipBytes(remote.address) ?? [], destinationAt);
  bytes.writeUInt32LE(interfaceIndex, interfaceAt);
  const hex = knownOr(cookie, null);
  bytes.writeBigUInt64LE(hex === null ? noCookie : BigInt(`0x${hex}`), cookieAt);
};
