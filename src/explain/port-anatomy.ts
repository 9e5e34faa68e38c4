import type { PortAnatomy } from '../model/explanation.ts';
import { isKnown, isUnknown } from '../model/known.ts';
import type { Known } from '../model/known.ts';
import type { Machine, PortRange } from '../model/machine.ts';
import { inPortRange, isBadPort, portClass } from '../model/port.ts';
import type { InetTransport } from '../model/target.ts';
import { commonPorts } from '../model/data/common-ports.ts';
import { registeredNamesOf } from './port-names.ts';

/**
 * What a port number (0–65535) is by itself, and for this machine's kernel. `transport` chooses the
 * registered names; null takes those of both.
 */
export const portAnatomy = (
  port: number,
  transport: InetTransport | null,
  machine: Machine,
): PortAnatomy => {
  const anatomy: Omit<PortAnatomy, 'notes'> = {
    class: portClass(port),
    inEphemeralRange: map(machine.ephemeralRange, (range) => inPortRange(port, range)),
    reserved: map(machine.reservedPorts, (ranges) =>
      ranges.some((range) => inPortRange(port, range)),
    ),
    privileged: map(machine.unprivilegedPortStart, (start) => port !== 0 && port < start),
    blockedByBrowsers: isBadPort(port),
    registeredNames: registeredNamesOf(port, transport),
    commonUses: commonPorts[port] ?? [],
  };
  const notes =
    port === 0
      ? ['Binding port 0 makes the kernel pick a free port; nobody can be reached on it.']
      : [
          ...ephemeralNotes(port, anatomy, machine),
          ...privilegeNotes(anatomy, machine),
          ...useNotes(port, anatomy),
        ];
  return { ...anatomy, notes };
};

const ephemeralNotes = (
  port: number,
  anatomy: Omit<PortAnatomy, 'notes'>,
  { ephemeralRange }: Machine,
): string[] => {
  if (!isKnown(ephemeralRange)) {
    return [
      'The range that this kernel takes the ports of outgoing connections from could not be read.',
    ];
  }
  const range = rangeText(ephemeralRange);
  if (!inPortRange(port, ephemeralRange)) {
    return anatomy.class === 'dynamic'
      ? [
          `Dynamic by RFC 6335, but this kernel takes ports of outgoing connections from ${range}: none will get it.`,
        ]
      : [];
  }
  return anatomy.reserved === true
    ? [
        `In this kernel's ephemeral range ${range}, but reserved: no outgoing connection will get it.`,
      ]
    : [
        `In this kernel's ephemeral range ${range}: while no server holds it, an outgoing connection can get it, and a server with this fixed port can then fail to start.`,
      ];
};

const privilegeNotes = (
  { privileged }: Omit<PortAnatomy, 'notes'>,
  { unprivilegedPortStart }: Machine,
): string[] =>
  privileged === true && isKnown(unprivilegedPortStart)
    ? [
        `A server needs root or CAP_NET_BIND_SERVICE here: ports below ${unprivilegedPortStart} are privileged.`,
      ]
    : [];

const useNotes = (port: number, anatomy: Omit<PortAnatomy, 'notes'>): string[] => {
  const notes: string[] = [];
  if (anatomy.blockedByBrowsers) {
    notes.push(
      'Browsers and fetch() refuse HTTP to this port, whoever listens (Fetch standard, bad ports).',
    );
  }
  if (port === 5000 || port === 7000) {
    notes.push('macOS itself listens here while its AirPlay Receiver is on.');
  }
  if (anatomy.registeredNames.length > 0) {
    notes.push("IANA's name is a registration only: it does not tell what listens here.");
  }
  return notes;
};

const rangeText = ({ first, last }: PortRange): string => `${first}–${last}`;

/** A judgement of what could not be read is unknown for the same reason. */
const map = <T, R>(value: Known<T>, judge: (value: T) => R): Known<R> =>
  isUnknown(value) ? value : judge(value);
