import type { Family } from './socket.ts';

/** An inet transport, as a target names it; null where the user named none (both are then meant). */
export type InetTransport = 'tcp' | 'udp';

/**
 * What the user asked about. `input` is the text as typed; `notes` say every canonicalisation
 * (`0x7f.1 is 127.0.0.1`), one sentence each.
 */
export type Target =
  | {
      readonly kind: 'endpoint';
      readonly input: string;
      readonly transport: InetTransport | null;
      /**
       * The canonical address, or the name in lower case ASCII without a final dot; null where only a
       * port was given, or `*`.
       */
      readonly host: string | null;
      /** Canonical address; null for a port alone or a name that has to be resolved. */
      readonly address: string | null;
      readonly family: Family | null;
      /** The zone of a scoped IPv6 address (`fe80::1%lo`), as typed. */
      readonly zone: string | null;
      readonly port: number;
      /** `http`, `https`, `ws`, `postgres` … of a URL; null where no URL was given. */
      readonly scheme: string | null;
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'pid';
      readonly input: string;
      readonly pid: number;
      readonly notes: readonly string[];
    }
  /** A word: a program's, project's, Compose project's, container's or unit's name. */
  | {
      readonly kind: 'name';
      readonly input: string;
      readonly name: string;
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'unix';
      readonly input: string;
      readonly name: { readonly path: string } | { readonly abstract: string };
      readonly notes: readonly string[];
    };

export type EndpointTarget = Extract<Target, { kind: 'endpoint' }>;
