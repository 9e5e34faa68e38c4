import type { InetTransport } from '../model/target.ts';
import portNames from './data/port-names.json' with { type: 'json' };

/**
 * The service names that IANA's registry gives a port, for one transport or (null) for both. They
 * are registrations only: they identify nothing that listens there.
 * https://www.iana.org/assignments/service-names-port-numbers
 */
export const registeredNamesOf = (port: number, transport: InetTransport | null): string[] => {
  const lists = [
    portNames.both,
    ...(transport === 'udp' ? [] : [portNames.tcp]),
    ...(transport === 'tcp' ? [] : [portNames.udp]),
  ];
  return [...new Set(lists.flatMap((list) => find(list, port)))];
};

/** The list is searched as it is: one look-up must not cost the parsing of 6,000 entries. */
const find = (list: string, port: number): string[] => {
  const key = `;${port}=`;
  const start = list.indexOf(key);
  if (start === -1) return [];
  const from = start + key.length;
  return list.slice(from, list.indexOf(';', from)).split(',');
};
