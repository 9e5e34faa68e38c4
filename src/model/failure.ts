/**
 * What went wrong between two ends, or at a server that would listen. `none`: the text tells of no
 * such failure.
 */
export type FailureClass =
  | 'connection-refused'
  | 'address-in-use'
  | 'permission-denied'
  | 'address-not-available'
  | 'timeout'
  | 'connection-reset'
  | 'name-not-resolved'
  | 'tls-mismatch'
  | 'tls-untrusted'
  | 'http-on-tls-port'
  | 'tls-on-http-port'
  | 'wrong-protocol'
  | 'unreachable'
  | 'too-many-files'
  | 'proxy-error'
  | 'application-error'
  | 'host-not-allowed'
  | 'broken-pipe'
  | 'port-in-excluded-range'
  | 'unsafe-port'
  | 'container-unpublished'
  | 'none';

/** Which end wrote the message: the one that connects, or the one that listens. */
export type FailureRole = 'client' | 'server' | 'unknown';

/** An endpoint that a message blames: the host in lower case as written, null where none is. */
export type FailureEndpoint = { readonly host: string | null; readonly port: number | null };

/** What an error message says, as `readMessage` reads it. */
export type FailureMessage = {
  readonly class: FailureClass;
  /** The endpoints blamed, in the order of the text, each once. */
  readonly endpoints: readonly FailureEndpoint[];
  readonly role: FailureRole;
  /** Whose words they are (`node`, `postgres`); null where nothing tells. */
  readonly ecosystem: string | null;
  /** The number, from 1, of the line that the class was read from; null where none tells. */
  readonly line: number | null;
  /** That line, without escape codes. */
  readonly text: string | null;
  /** What else a person should know of the reading, a sentence each: input left out, a plug-in that failed. */
  readonly notes: readonly string[];
};
