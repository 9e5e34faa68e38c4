import type { Namespace, UnixName, UnixSocket, UnixSocketType } from '../../model/socket.ts';
import type { SocketQuery } from '../host.ts';

/** Whose unix sockets are read, and which. */
export type UnixRequest = { readonly namespace: Namespace; readonly states: SocketQuery['states'] };

/** The name of a socket that was never bound. */
export const unnamed: UnixName = { kind: 'unnamed' };

const types: Readonly<Record<number, UnixSocketType>> = { 1: 'stream', 2: 'dgram', 5: 'seqpacket' };

/** The type by its number (`SOCK_STREAM` … of include/linux/net.h); null for any other. */
export const unixType = (type: number): UnixSocketType | null => types[type] ?? null;

/** Whether others can reach a socket: it accepts connections, or takes datagrams under a name. */
export const takesPeers = ({ type, state, name }: UnixSocket): boolean =>
  state === 'listen' || (type === 'dgram' && name.kind !== 'unnamed');
