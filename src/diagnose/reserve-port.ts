import type { Action } from '../model/finding.ts';
import { isKnown } from '../model/known.ts';
import type { Machine, PortRange } from '../model/machine.ts';
import { byRoot } from './as-root.ts';

/**
 * Keeps the kernel from giving a port to outgoing connections, beside the ports that are kept from
 * them already (`ip_local_reserved_ports`, ip-sysctl); empty where those could not be read, for
 * they would be lost.
 */
export const reservePort = (port: number, { reservedPorts }: Machine): readonly Action[] => {
  if (!isKnown(reservedPorts)) return [];
  const ports = [...reservedPorts.map(rangeText), String(port)].join(',');
  return [
    {
      label: `keep ${port} from outgoing connections; servers can still bind it`,
      changes: `no further outgoing connection of this machine gets ${port}, until it starts again; those ports that are reserved already stay so`,
      ...byRoot('sysctl', '-w', `net.ipv4.ip_local_reserved_ports=${ports}`),
    },
  ];
};

const rangeText = ({ first, last }: PortRange): string =>
  first === last ? String(first) : `${first}-${last}`;
