import { commonPorts } from '../model/data/common-ports.ts';
import { isUnknown, knownOr } from '../model/known.ts';
import type { Machine, PortRange } from '../model/machine.ts';
import { inPortRange, isBadPort, lastPort } from '../model/port.ts';

/** What of a machine decides which ports may be leased. */
export type PortFacts = Pick<Machine, 'ephemeralRange' | 'reservedPorts' | 'unprivilegedPortStart'>;

/** Below are well-known ports and most of what has been registered for long. */
const firstPooled = 10_000;

/** Kubernetes forwards these by packet filter rules that no bind and no table of sockets tells of. */
const nodePorts: PortRange = { first: 30_000, last: 32_767 };

/** What Linux hands out unless told otherwise: assumed where the kernel's own range can't be read. */
export const usualEphemeralRange: PortRange = { first: 32_768, last: 60_999 };

/**
 * The ports that leases are taken from, ascending: outside of this kernel's ephemeral range and its
 * reserved ports, well-known ones, ports that developers commonly use, browsers' bad ports and
 * Kubernetes' node ports. Where the ephemeral range leaves none, lower ones, from 1024 on.
 */
export const portPool = (facts: PortFacts): readonly number[] => {
  const pooled = portsFrom(firstPooled, facts);
  return pooled.length >= fewest ? pooled : portsFrom(1024, facts);
};

const fewest = 200;

/** Whether this kernel may give the port to an outgoing connection: in its range and not reserved. */
export const isEphemeral = (port: number, facts: PortFacts): boolean =>
  inPortRange(port, rangeOf(facts)) && !isReserved(port, facts);

/** Whether the port is in `ip_local_reserved_ports`; false where that can't be read. */
export const isReserved = (port: number, { reservedPorts }: PortFacts): boolean =>
  knownOr(reservedPorts, []).some((range) => inPortRange(port, range));

const rangeOf = ({ ephemeralRange }: PortFacts): PortRange =>
  isUnknown(ephemeralRange) ? usualEphemeralRange : ephemeralRange;

const portsFrom = (lowest: number, facts: PortFacts): readonly number[] => {
  const ephemeral = rangeOf(facts);
  const reserved = knownOr(facts.reservedPorts, []);
  const first = Math.max(lowest, knownOr(facts.unprivilegedPortStart, 1024));
  const ports: number[] = [];
  for (let port = first; port <= lastPort; port += 1) {
    if (inPortRange(port, ephemeral) || inPortRange(port, nodePorts)) continue;
    if (isBadPort(port) || commonPorts[port] !== undefined) continue;
    if (!reserved.some((range) => inPortRange(port, range))) ports.push(port);
  }
  return ports;
};
