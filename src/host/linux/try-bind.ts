import { getSystemErrorName } from 'node:util';
import type { BindTrial } from '../../model/diagnosis.ts';
import { ipBytes } from '../../model/ip.ts';
import { isUnknown, type Known, unknown, type Unknown } from '../../model/known.ts';
import type { BindEndpoint } from '../host.ts';
import { reasonOf } from './errno.ts';
import type { Ffi } from './ffi.ts';

/**
 * Binds a socket to `endpoint` with and without SO_REUSEADDR, never listens, and closes it at once
 * (bind(2), socket(7)). `ffi` null: native calls can't be made. A UDP socket is tried once, without.
 */
export const tryBind = (ffi: Ffi | null, endpoint: BindEndpoint): Known<BindTrial> => {
  if (ffi === null) return unknown('unsupported', 'trying to bind takes native calls');
  const name = socketName(ffi, endpoint);
  if (name === null) return unknown('unsupported', `${endpoint.address} is no address to bind`);
  const plain = attempt(ffi, name, false);
  const reusing = endpoint.transport === 'tcp' ? attempt(ffi, name, true) : plain;
  if (isUnknown(plain)) return plain;
  return isUnknown(reusing) ? reusing : { reusing, plain };
};

/** `struct sockaddr_in` or `sockaddr_in6` in memory of its own (ip(7), ipv6(7)). */
type SocketName = {
  readonly domain: number;
  readonly type: number;
  readonly address: number;
  readonly size: number;
};

const inet = { domain: 2, size: 16, addressAt: 4 } as const;
const inet6 = { domain: 10, size: 28, addressAt: 8 } as const;
const types = { tcp: 1, udp: 2 } as const;
const closeOnExec = 0o2000000;

const socketName = (
  ffi: Ffi,
  { transport, address, port }: BindEndpoint,
): (SocketName & { readonly memory: Buffer }) | null => {
  const bytes = ipBytes(address);
  if (bytes === null) return null;
  const { domain, size, addressAt } = bytes.length === 4 ? inet : inet6;
  const memory = ffi.allocate(size);
  new Uint16Array(memory.words.buffer, memory.words.byteOffset, 1)[0] = domain;
  memory.bytes.writeUInt16BE(port, 2);
  memory.bytes.set(bytes, addressAt);
  return { domain, type: types[transport], address: memory.address, size, memory: memory.bytes };
};

/** The error's name, null where it was bound; unknown where no socket could be opened. */
const attempt = (ffi: Ffi, name: SocketName, reuse: boolean): string | null | Unknown => {
  const descriptor = ffi.socket(name.domain, name.type | closeOnExec, 0);
  if (descriptor < 0) return withoutSocket(ffi.errno());
  try {
    const failed = prepare(ffi, descriptor, name, reuse);
    return failed === 0 ? null : errorName(failed);
  } finally {
    ffi.close(descriptor);
  }
};

const socketLevel = 1;
const reuseAddress = 2;
const ipv6Level = 41;
const v6only = 26;

/** 0, or the number of the first error. */
const prepare = (ffi: Ffi, descriptor: number, name: SocketName, reuse: boolean): number => {
  const set = (level: number, option: number, value: number): boolean => {
    const memory = ffi.allocate(4);
    memory.words[0] = value;
    return ffi.setsockopt(descriptor, level, option, memory.address, 4) === 0;
  };
  const isSet =
    (name.domain === inet.domain || set(ipv6Level, v6only, 0)) &&
    (!reuse || set(socketLevel, reuseAddress, 1));
  return isSet && ffi.bind(descriptor, name.address, name.size) === 0 ? 0 : ffi.errno();
};

/** EAFNOSUPPORT: a kernel without this family is what a server meets as well. */
const withoutSocket = (failed: number): string | Unknown => {
  const name = errorName(failed);
  return name === 'EAFNOSUPPORT' ? name : unknown(reasonOf(failed), `no socket: ${name}`);
};

const errorName = (failed: number): string => getSystemErrorName(-failed);
