import type { FailureEndpoint, FailureMessage } from '../model/failure.ts';
import { isHomeportError } from '../model/error.ts';
import { parseTarget } from '../model/parse-target.ts';
import { isLoopback } from '../model/scope.ts';
import type { EndpointTarget } from '../model/target.ts';
import { endpointText } from '../model/target-endpoint.ts';

/** What of a message's endpoints is looked at, and what is left. */
export type Blamed = {
  /** null where the message names no endpoint that could be asked. Port 0: it names a host alone. */
  readonly target: EndpointTarget | null;
  /** The addresses that the client tried, in its order; empty where the target's host says it. */
  readonly tried: readonly string[];
  /** Further endpoints, as a target is written. */
  readonly others: readonly string[];
};

/**
 * Chooses the endpoint that a message's diagnosis is about: the first that has a port. Several
 * loopback addresses with one port are one `localhost`, tried in the message's order, as
 * Node's AggregateError and curl tell them.
 */
export const blamedTarget = ({ endpoints }: FailureMessage): Blamed => {
  const whole = endpoints.filter(({ port }) => port !== null);
  const [first = endpoints[0]] = whole;
  if (first === undefined) return nobody;
  const together = isOneLocalhost(whole) ? whole : [];
  const target = together.length > 0 ? read({ ...first, host: 'localhost' }) : read(first);
  const rest = whole.filter((one) => one !== first && !together.includes(one));
  return {
    target,
    tried: together.flatMap(({ host }) => (host === null || host === 'localhost' ? [] : [host])),
    others: rest.map(textOf),
  };
};

const nobody: Blamed = { target: null, tried: [], others: [] };

const isOneLocalhost = (endpoints: readonly FailureEndpoint[]): boolean =>
  endpoints.length > 1 &&
  new Set(endpoints.map(({ port }) => port)).size === 1 &&
  endpoints.every(({ host }) => host === 'localhost' || (host !== null && isLoopback(host)));

const textOf = ({ host, port }: FailureEndpoint): string =>
  host === null ? String(port ?? 0) : endpointText(host, port ?? 0);

/** What a program printed need not be an endpoint at all: then there is none to look at. */
const read = (endpoint: FailureEndpoint): EndpointTarget | null => {
  try {
    const target = parseTarget(`tcp:${textOf(endpoint)}`);
    return target.kind === 'endpoint'
      ? { ...target, input: textOf(endpoint), transport: null }
      : null;
  } catch (thrown) {
    if (isHomeportError(thrown)) return null;
    throw thrown;
  }
};
