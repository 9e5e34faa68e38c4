import { unknown, type Known, type Unknown } from './known.ts';
import type { Namespace, SocketState } from './socket.ts';

/** One end of a connection, with the local process behind it where there is one. */
export type End = {
  readonly address: string;
  readonly port: number;
  /** Whether this end is a socket of this machine that was seen. `false`: a remote machine's, or another namespace's. */
  readonly local: boolean;
  readonly pid: Known<number>;
  /** Further processes that hold the same socket (inherited descriptors). */
  readonly alsoHeldBy: readonly number[];
  /** The program's name: `vite`, `psql`. */
  readonly program: Known<string>;
  readonly project: string | null;
  readonly inode: number | null;
};

/** Who holds a server's end that still waits in the accept queue (listen(2)). */
export const notAcceptedYet: Unknown = unknown('gone', 'no process has accepted it yet');

/** A TCP or connected UDP pair, seen from both ends where both are here. */
export type Connection = {
  readonly transport: 'tcp' | 'udp';
  readonly namespace: Namespace;
  readonly client: End;
  readonly server: End;
  /** How it is known which end is the server. */
  readonly direction: 'listener' | 'guessed-by-port' | 'unknown';
  /** The state of the server's end where it was seen, else of the client's. */
  readonly state: SocketState;
  readonly bytesToServer: Known<number>;
  readonly bytesToClient: Known<number>;
  readonly rttMs: Known<number>;
  readonly retransmits: Known<number>;
};
