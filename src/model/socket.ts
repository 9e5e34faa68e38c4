import type { Known } from './known.ts';

/** `this`: the network namespace Homeport runs in; else the namespace's name, `net:[4026532281]`. */
export type Namespace = 'this' | (string & {});

export type Family = 'ipv4' | 'ipv6';

/** The kernel's TCP states (`include/net/tcp_states.h`), which UDP and unix sockets use too. */
export type SocketState =
  | 'established'
  | 'syn-sent'
  | 'syn-recv'
  | 'fin-wait-1'
  | 'fin-wait-2'
  | 'time-wait'
  | 'close'
  | 'close-wait'
  | 'last-ack'
  | 'listen'
  | 'closing'
  | 'new-syn-recv'
  | 'bound-inactive';

/** One end of an inet socket. `address` is canonical text without a zone; `port` 0 where none is bound. */
export type SocketAddress = { readonly address: string; readonly port: number };

/** A running kernel timer of a TCP socket (`struct inet_diag_msg.idiag_timer`). */
export type SocketTimer = {
  readonly kind: 'retransmit' | 'keepalive' | 'time-wait' | 'zero-window-probe';
  readonly expiresInMs: number;
  readonly retransmits: number;
};

/** Connections that wait for accept(2), and how many may (listen(2)). */
export type AcceptQueue = { readonly length: number; readonly limit: Known<number> };

/** What the kernel counted for one TCP connection (`struct tcp_info`); times in ms, the rest bytes or counts. */
export type TcpInfo = {
  readonly bytesSent: number;
  readonly bytesAcked: number;
  readonly bytesReceived: number;
  readonly rttMs: number;
  readonly rttVarianceMs: number;
  readonly minRttMs: number;
  readonly retransmits: number;
  readonly lastDataSentMs: number;
  readonly lastDataReceivedMs: number;
};

/** A TCP or UDP socket as the kernel tells it. */
export type InetSocket = {
  readonly transport: 'tcp' | 'udp';
  readonly family: Family;
  readonly namespace: Namespace;
  readonly state: SocketState;
  readonly local: SocketAddress;
  /** The peer; port 0 and the family's wildcard where there is none. */
  readonly remote: SocketAddress;
  /** The interface that the socket is bound to (SO_BINDTODEVICE, or a link-local zone), by index. 0: none. */
  readonly interfaceIndex: number;
  readonly uid: Known<number>;
  /** 0: the kernel's own, no process holds it (TIME_WAIT, or not yet accepted). */
  readonly inode: number;
  /** Lower-case hex without 0x, as `ss` prints it after `sk:`. */
  readonly cookie: Known<string>;
  /** The cgroup v2 id, decimal text because it has 64 bits. */
  readonly cgroupId: Known<string>;
  /** null for IPv4, where the option does not exist. */
  readonly v6only: Known<boolean> | null;
  /** For a TCP listener: connections not yet accepted, and the backlog. For others null. */
  readonly acceptQueue: AcceptQueue | null;
  /** Bytes not yet read by the program; for a TCP listener `ss`'s Recv-Q is acceptQueue.length. */
  readonly receiveQueue: number;
  /** Bytes not yet acknowledged by the peer. */
  readonly sendQueue: number;
  readonly timer: Known<SocketTimer> | null;
  /** For connections only; null for listeners and for UDP. */
  readonly tcpInfo: Known<TcpInfo> | null;
};

export type UnixSocketType = 'stream' | 'dgram' | 'seqpacket';

/** A unix socket's name: a file's path, an abstract name (without the leading NUL), or none. */
export type UnixName =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'abstract'; readonly name: string }
  | { readonly kind: 'unnamed' };

export type UnixSocket = {
  readonly transport: 'unix';
  readonly namespace: Namespace;
  readonly type: UnixSocketType;
  readonly state: SocketState;
  readonly name: UnixName;
  readonly inode: number;
  /** Inode of the socket at the other end; null where there is none. */
  readonly peerInode: Known<number> | null;
  readonly uid: Known<number>;
  readonly cookie: Known<string>;
  readonly acceptQueue: AcceptQueue | null;
  readonly receiveQueue: number;
  readonly sendQueue: number;
};

export type Socket = InetSocket | UnixSocket;

/** How many raw (and packet) sockets there are in a namespace: counted, not listed. */
export type RawSocketCount = {
  readonly namespace: Namespace;
  readonly raw: Known<number>;
  readonly packet: Known<number>;
};
