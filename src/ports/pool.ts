import { commonPorts } from '../model/data/common-ports.ts';
import { isUnknown, knownOr } from '../model/known.ts';
import type { Machine, PortRange } from '../model/machine.ts';
import { inPortRange, isBadPort, lastPort } from '../model/port.ts';

/** What of a machine decides which ports may be leased. */
export type PortFacts = Pick<Machine, 'ephemeralRange' | 'reservedPorts' | 'unprivilegedPortStart'>;

/** Below is most of what has been registered for long: taken last. */
export const firstPooled = 10_000;

/** Kubernetes forwards these by packet filter rules that no bind and no table of sockets tells of. */
const nodePorts: PortRange = { first: 30_000, last: 32_767 };

/** What Linux hands out unless told otherwise: assumed where the kernel's own range can't be read. */
export const usualEphemeralRange: PortRange = { first: 32_768, last: 60_999 };

/**
 * Makes the judge of which ports leases are taken from: outside of this kernel's ephemeral range and
 * its reserved ports, not well-known or privileged, not commonly used by developers, no bad ports of
 * browsers, no node ports of Kubernetes.
 */
export const portPool = (facts: PortFacts): ((port: number) => boolean) => {
  const ephemeral = rangeOf(facts);
  const first = Math.max(1024, knownOr(facts.unprivilegedPortStart, 1024));
  return (port) =>
    port >= first &&
    port <= lastPort &&
    !inPortRange(port, ephemeral) &&
    !inPortRange(port, nodePorts) &&
    commonPorts[port] === undefined &&
    !isBadPort(port) &&
    !isReserved(port, facts);
};

/** Whether this kernel may give the port to an outgoing connection: in its range and not reserved. */
export const isEphemeral = (port: number, facts: PortFacts): boolean =>
  inPortRange(port, rangeOf(facts)) && !isReserved(port, facts);

/** Whether the port is in `ip_local_reserved_ports`; false where that can't be read. */
export const isReserved = (port: number, { reservedPorts }: PortFacts): boolean =>
  knownOr(reservedPorts, []).some((range) => inPortRange(port, range));

const rangeOf = ({ ephemeralRange }: PortFacts): PortRange =>
  isUnknown(ephemeralRange) ? usualEphemeralRange : ephemeralRange;
