import { homeportError } from '../model/error.ts';
import { isUnknown } from '../model/known.ts';
import { isReserved } from '../ports/pool.ts';
import { reservedSetting, reservedWith } from '../ports/port-notes.ts';
import { checkPortNumber } from '../ports/refuse-port.ts';
import { liveContext } from './lease-context.ts';
import type { OperationContext } from './operation.ts';
import type { ReservePortInput } from './reserve-port.schema.ts';

/** What reserving a port changes, or has changed. */
export type PortReservation = {
  readonly port: number;
  /** `net.ipv4.ip_local_reserved_ports=8080,40000` */
  readonly line: string;
  /** Where the line is written to last beyond the next start of the machine. */
  readonly file: string;
  /** `planned`: nothing was written; `was-reserved`: there was nothing to write. */
  readonly outcome: 'planned' | 'written' | 'was-reserved';
};

/**
 * Keeps the kernel from giving a port to outgoing connections, now and after the next start, beside
 * the ports that it keeps already (`ip_local_reserved_ports`, ip-sysctl). Throws `not-permitted`
 * without root, and where the kernel does not tell which ports it keeps, for these would be lost.
 */
export const reservePort = async (
  context: OperationContext,
  { port, apply = false }: ReservePortInput,
): Promise<PortReservation> => {
  const { host } = liveContext(context);
  checkPortNumber(port);
  const machine = host.machine();
  const { reservedPorts } = machine;
  if (isUnknown(reservedPorts)) {
    throw homeportError('not-permitted', `the kernel does not tell its ${reservedSetting}`);
  }
  const reserved = isReserved(port, machine);
  const list = reservedWith(port, reservedPorts);
  const { file } = host.reservedPorts;
  const line = `${reservedSetting}=${list}`;
  if (reserved) return { port, line, file, outcome: 'was-reserved' };
  if (!apply) return { port, line, file, outcome: 'planned' };
  host.reservedPorts.write(list);
  return { port, line, file, outcome: 'written' };
};
