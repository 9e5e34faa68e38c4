import type { Action } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { InetListener, ProgramKind } from '../model/listener.ts';
import { isWildcard } from '../model/scope.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { endpointText } from '../model/target-endpoint.ts';

/** An address at which a listener answers on this machine: its own, or loopback of a wildcard. */
export const reachableAddress = ({ address, family }: InetListener): string =>
  isWildcard(address) ? (family === 'ipv6' ? '::1' : '127.0.0.1') : address;

/** To use the address at which a listener answers, with a command that tries it. */
export const connectThere = (listener: InetListener): Action => {
  const address = reachableAddress(listener);
  const endpoint = endpointText(address, listener.port);
  return {
    label: `connect to ${endpoint}, where it listens`,
    command: tryCommand(listener, address),
  };
};

/** The command that tries a listener at an address: curl where it speaks HTTP, else nc. */
export const tryCommand = ({ program, port, transport }: InetListener, address: string): string => {
  const known = knownOr(program, null);
  if (transport === 'udp') return shellCommand('nc', '-u', '-v', address, String(port));
  return known !== null && httpKinds.has(known.kind)
    ? shellCommand('curl', '-i', `http://${endpointText(address, port)}/`)
    : shellCommand('nc', '-vz', address, String(port));
};

const httpKinds: ReadonlySet<ProgramKind> = new Set(['dev-server', 'framework', 'web-server']);
