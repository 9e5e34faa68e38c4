import type { BindTrial } from '../model/diagnosis.ts';
import { knownOr } from '../model/known.ts';
import type { InetTransport } from '../model/target.ts';
import { endpointText } from '../model/target-endpoint.ts';
import type { EndpointFacts } from './facts.ts';

/** What a server wanted to bind. */
export type BindQuestion = {
  readonly transport: InetTransport;
  /** `::`, both families, where a port alone is told; null where a name has no address. */
  readonly address: string | null;
  /** Whether the address is what the server asked for, rather than the usual one of a port alone. */
  readonly named: boolean;
  readonly port: number;
  /** For a sentence: `127.0.0.1:3000`, `port 3000`, `port 53 (UDP)`. */
  readonly text: string;
  /** null where it was not tried, or could not be. */
  readonly trial: BindTrial | null;
};

/** Reads from an endpoint's facts what is to be bound there. */
export const bindQuestion = ({ target, addresses, bindTrial }: EndpointFacts): BindQuestion => {
  const { host, address, port, zone, transport } = target;
  const named = host !== null && host !== '*';
  return {
    transport: transport ?? 'tcp',
    address: address ?? (named ? (addresses[0] ?? null) : '::'),
    named,
    port,
    text: `${named ? endpointText(host, port, zone) : `port ${port}`}${transport === 'udp' ? ' (UDP)' : ''}`,
    trial: bindTrial === null ? null : knownOr(bindTrial, null),
  };
};

/**
 * Whether the kernel gave the port to a trial as servers make it. Beside a socket that is bound and
 * does not listen this says nothing of listen(2).
 */
export const isFree = ({ trial }: BindQuestion): boolean => trial?.reusing === null;
