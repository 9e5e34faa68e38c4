import type { Known } from './known.ts';
import type { Family, Namespace } from './socket.ts';

/** An inclusive range of ports. */
export type PortRange = { readonly first: number; readonly last: number };

/** Facts of the machine that judgements about ports and times need. */
export type Machine = {
  readonly platform: string;
  readonly kernel: Known<string>;
  readonly hostname: string;
  readonly bootId: string;
  /** ISO 8601, UTC. */
  readonly bootedAt: Known<string>;
  /** `net.ipv4.ip_local_port_range`: what this kernel hands out for outgoing connections. */
  readonly ephemeralRange: Known<PortRange>;
  /** `net.ipv4.ip_local_reserved_ports`. */
  readonly reservedPorts: Known<readonly PortRange[]>;
  /** `net.ipv4.ip_unprivileged_port_start`: the first port that needs no privilege to bind. */
  readonly unprivilegedPortStart: Known<number>;
  /** The uid Homeport read with, and whether the kernel let it see every process. */
  readonly uid: number;
  /** `net:[…]` of the namespace that `this` stands for. */
  readonly namespace: Known<string>;
};

export type InterfaceAddress = {
  readonly family: Family;
  readonly address: string;
  readonly prefixLength: number;
};

export type NetworkInterface = {
  readonly index: number;
  readonly name: string;
  readonly namespace: Namespace;
  readonly up: Known<boolean>;
  readonly loopback: boolean;
  readonly addresses: readonly InterfaceAddress[];
};
