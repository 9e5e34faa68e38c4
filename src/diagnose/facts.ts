import type { Connection } from '../model/connection.ts';
import type { BindTrial, DialAttempt, LoopbackTrip, Symptom } from '../model/diagnosis.ts';
import type { AddressAnatomy, Owner, PortAnatomy } from '../model/explanation.ts';
import type { FailureMessage } from '../model/failure.ts';
import type { Known, Unknown } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import type { Asker, FileWatches, NetworkFacts } from '../model/network.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Family } from '../model/socket.ts';
import type { EndpointTarget } from '../model/target.ts';

export type { BindTrial, LoopbackTrip } from '../model/diagnosis.ts';

/** A value with the time that asking for it took, in ms. */
export type Timed<T> = { readonly value: T; readonly durationMs: number };

/** A name's addresses in the resolver's order. */
export type ResolvedName = readonly { readonly family: Family; readonly address: string }[];

/** What an HTTP server said to one GET, with the Host header and the path that the user's URL means. */
export type ApplicationAnswer = {
  readonly url: string;
  readonly status: number;
  /** By lower-case name; the first value of each. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first 16 kB, as UTF-8. */
  readonly body: string;
};

/**
 * How a request ended that got no answer in HTTP/1.1: nothing came in time, the connection was closed
 * or reset, what came is something else, or the TLS handshake refuses it (ALPN).
 */
export type Unanswered = 'silent' | 'closed' | 'reset' | 'not-http' | 'not-offered';

/** What came of asking an application; `unanswered` where no answer did. */
export type AskedApplication = Timed<Known<ApplicationAnswer>> & {
  readonly unanswered?: Unanswered;
};

/** What is known of the machine, whatever was asked. */
export type MachineFacts = {
  readonly snapshot: Snapshot;
  /** Everything that listens, in every namespace that could be read. */
  readonly listeners: readonly Listener[];
  readonly connections: readonly Connection[];
  readonly network: Known<NetworkFacts>;
  readonly asker: Known<Asker>;
  /** What `localhost` is for this machine's resolver. */
  readonly localhost: Known<ResolvedName>;
  /** Empty where nothing may be tried. */
  readonly trips: readonly LoopbackTrip[];
  /** Left out where nobody asked for it. */
  readonly fileWatches?: Known<FileWatches>;
  /** The message that is to be explained; left out: none. */
  readonly message?: FailureMessage | null;
};

/** What is known of the endpoint that was asked about, or that a message blames. */
export type EndpointFacts = MachineFacts & {
  readonly symptom: Symptom;
  readonly message: FailureMessage | null;
  readonly target: EndpointTarget;
  /** What the target's name resolves to; null where it is an address, or a port alone. */
  readonly resolution: Timed<Known<ResolvedName>> | null;
  /** The addresses that a client tries, in its order. */
  readonly addresses: readonly string[];
  /** The protocol that the client speaks: of the URL, or of the message's ecosystem; null: not told. */
  readonly expected: string | null;
  /** The listeners that would answer there, the most specific first. */
  readonly answering: readonly Listener[];
  /** Others on the same port, at addresses or in namespaces that the target does not reach. */
  readonly elsewhere: readonly Listener[];
  /** Connections that touch the endpoint. */
  readonly ends: readonly Connection[];
  readonly owner: Owner | Unknown | null;
  readonly address: AddressAnatomy | null;
  readonly port: PortAnatomy;
  /** One for each address that was tried; empty where nothing may be tried. */
  readonly attempts: readonly DialAttempt[];
  readonly protocol: Timed<Protocol>;
  /** null where it was not asked, or does not speak HTTP. */
  readonly application: AskedApplication | null;
  /** What Homeport's own attempt met, whatever a message tells; left out where that was not judged. */
  readonly met?: Symptom;
  /** What a server said of itself that does not serve yet, as the end of a sentence. */
  readonly notReady?: string | null;
  /** Path and query that the user named; left out: none. */
  readonly path?: string;
  /** null where nobody asked to bind. */
  readonly bindTrial: Known<BindTrial> | null;
  /** pid → share of one core that it used while it was watched, 0–1 for each thread. */
  readonly processorShares: Readonly<Record<number, number>>;
  /** The project around the folder that Homeport was asked from. */
  readonly askersProject: Known<ProjectFacts> | null;
};
