import type { Duplex } from 'node:stream';
import type { Protocol, TlsFacts } from '../model/protocol.ts';

/** Whom a probe speaks to. */
export type ProbeTarget = {
  /** Name or address, as a client would write it in `Host:` or in SNI. */
  readonly host: string;
  /** null for a unix socket. */
  readonly port: number | null;
  /** Program ids and URL schemes that others found: they may order or refine, never decide. */
  readonly hints: readonly string[];
};

/** `ended`: nothing more will come (closed, timed out or cut at the limit), so `more` is no answer. */
export type ReadContext = ProbeTarget & { readonly ended: boolean };

type Identified = Extract<Protocol, { status: 'identified' }>;

/** What an answer showed. `id` and `name` only where it is narrower than the probe's own. */
export type Identification = Omit<Identified, 'status' | 'id' | 'name' | 'tls'> & {
  readonly id?: string;
  readonly name?: string;
  readonly tls?: TlsFacts;
  /** One more question, on a fresh connection, whose answer replaces this one: a probe, or a kind's id. */
  readonly next?: ProtocolProbe | string;
};

/** An identification that says which kind it is of. */
export type NamedIdentification = Identification & { readonly id: string; readonly name: string };

/** Say this next on the same connection; `otherwise` is the answer where nothing comes of it. */
export type Say = { readonly say: Uint8Array; readonly otherwise: Identification | null };

/** What a probe makes of the bytes so far: an answer, `more` (wait for more), or null (not mine). */
export type Reading = Identification | Say | 'more' | null;

type ProbeFacts = {
  readonly id: string;
  readonly name: string;
  /** Further hints that move this probe to the front; its own id always does. */
  readonly hints?: readonly string[];
  /** Ports on which it is asked earlier. */
  readonly ports?: readonly number[];
  /** How long to wait for the answer, in ms; default 150; a hint makes it three times as long. */
  readonly patienceMs?: number;
  /** Its answer means something only after its own hello: it never judges what another one got. */
  readonly ambiguous?: boolean;
  /**
   * Judges all bytes that came so far. Pure, linear in their number, never throws; the same bytes
   * give the same reading, `Say` included.
   */
  readonly read: (bytes: Uint8Array, context: ReadContext) => Reading;
};

/** A handshake in bytes: `hello` is sent once (null: the server speaks first), `read` judges. */
export type ByteProbe = ProbeFacts & {
  readonly hello: ((target: ProbeTarget) => Uint8Array) | null;
};

/** What a conversation may use. `inside` runs other kinds over a stream it has opened. */
export type Conversation = {
  readonly target: ProbeTarget;
  /** Aborts at the end of the attempt's time; the stream is then destroyed. */
  readonly signal: AbortSignal;
  readonly inside: (
    stream: Duplex,
    probes: readonly (ProtocolProbe | string)[],
  ) => Promise<Identification | null>;
};

/**
 * A handshake that needs a library (TLS, HTTP/2). `converse` owns what it opens over the stream and
 * may reject: that is no answer. `read` recognises what such a server says to other hellos.
 */
export type ConversationProbe = ProbeFacts & {
  readonly converse: (stream: Duplex, conversation: Conversation) => Promise<Identification | null>;
};

/** One handshake: one file in `kinds/`, one exported const, file name = id. */
export type ProtocolProbe = ByteProbe | ConversationProbe;
