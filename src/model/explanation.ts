import type { Connection } from './connection.ts';
import type { Action, Finding } from './finding.ts';
import type { Known, Unknown } from './known.ts';
import type { Evidence, Exposure, Listener, Origin, Program, Project } from './listener.ts';
import type { Problem } from './problem.ts';
import type { Process } from './process.ts';
import type { Protocol } from './protocol.ts';
import type { Target } from './target.ts';

/** Where an address reaches from, and which document says so. */
export type AddressScope =
  | 'loopback'
  | 'wildcard'
  | 'link-local'
  | 'private'
  | 'public'
  | 'multicast';
export type AddressAnatomy = {
  readonly scope: AddressScope;
  /** The block it belongs to: `127.0.0.0/8`. */
  readonly block: string;
  /** `RFC 1122 3.2.1.3` */
  readonly source: string;
  /** Whether an interface of this machine has it. */
  readonly ours: boolean | null;
  readonly notes: readonly string[];
};

/** RFC 6335's classes. */
export type PortClass = 'well-known' | 'registered' | 'dynamic';
export type PortAnatomy = {
  readonly class: PortClass;
  readonly inEphemeralRange: Known<boolean>;
  /** In `ip_local_reserved_ports`. */
  readonly reserved: Known<boolean>;
  /** Whether binding it needs privilege here. */
  readonly privileged: Known<boolean>;
  /** On the WHATWG Fetch list of bad ports. */
  readonly blockedByBrowsers: boolean;
  /** IANA's names: registrations only, they identify nothing. */
  readonly registeredNames: readonly string[];
  /** What developers commonly run there. */
  readonly commonUses: readonly string[];
  /** What follows, one sentence each. */
  readonly notes: readonly string[];
};

/** One process of the chain from the owner up to init, with what it tells about the origin. */
export type ChainLink = {
  readonly pid: number;
  readonly name: string;
  readonly command: string;
  readonly user: string | null;
  readonly startedAt: string;
  readonly verdict: {
    readonly id: string;
    readonly label: string;
    readonly evidence: Evidence;
  } | null;
};

/** The program that answers for the endpoint. */
export type Owner = {
  readonly process: Process;
  readonly program: Program;
  readonly project: Known<Project> | null;
  readonly origin: Origin;
  /** The owner first, init last. */
  readonly chain: readonly ChainLink[];
  readonly evidence: Evidence;
};

export type EndpointState = 'listening' | 'connected' | 'closing' | 'free' | 'unknown';

/** What `homeport explain` answers. */
export type Explanation = {
  readonly target: Target;
  /** null where the target is a process, a name or a unix path. */
  readonly address: AddressAnatomy | null;
  readonly port: PortAnatomy | null;
  readonly state: EndpointState;
  readonly listeners: readonly Listener[];
  /** Others on the same port, at addresses that the target does not reach. */
  readonly elsewhere: readonly Listener[];
  readonly connections: readonly Connection[];
  /** Connections that the owner itself opened to other endpoints: whom it talks to. */
  readonly upstream: readonly Connection[];
  /** Of the first listener, else of the connection's local end; null where nobody is there. */
  readonly owner: Owner | Unknown | null;
  readonly protocol: Protocol;
  /** The widest of the listeners'; null where nobody listens. */
  readonly exposure: Exposure | null;
  readonly findings: readonly Finding[];
  readonly next: readonly Action[];
  readonly problems: readonly Problem[];
};
