import type { PortClass } from './explanation.ts';
import type { PortRange } from './machine.ts';

/** The largest port number: ports have 16 bits (RFC 9293 3.1). */
export const lastPort = 65_535;

/** RFC 6335 6: well-known (system) 0–1023, registered (user) 1024–49151, dynamic 49152–65535. */
export const portClass = (port: number): PortClass => {
  if (port < 1024) return 'well-known';
  return port < 49_152 ? 'registered' : 'dynamic';
};

/** Whether a port lies in an inclusive range. */
export const inPortRange = (port: number, range: PortRange): boolean =>
  port >= range.first && port <= range.last;

/**
 * Whether browsers and `fetch()` refuse HTTP(S) to a port, whoever listens there: the bad ports of
 * https://fetch.spec.whatwg.org/#port-blocking (state of June 2026).
 */
export const isBadPort = (port: number): boolean => badPorts.has(port);

const badPorts: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 10080,
]);
