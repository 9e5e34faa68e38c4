import type { FailureEndpoint, FailureMessage } from '../model/failure.ts';
import { isHomeportError } from '../model/error.ts';
import { parseTarget } from '../model/parse-target.ts';
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
 * Chooses the endpoint that a message's diagnosis is about: the first that has a port. localhost and
 * its addresses with one port are one endpoint, tried in the message's order, as Node's
 * AggregateError and curl tell them.
 */
export const blamedTarget = ({ endpoints }: FailureMessage): Blamed => {
  const whole = endpoints.filter(({ port }) => port !== null);
  const [first = endpoints[0]] = whole;
  if (first === undefined) return nobody;
  const together = isLocalhost(first)
    ? whole.filter((one) => one.port === first.port && isLocalhost(one))
    : [first];
  const isOne = together.length > 1;
  return {
    target: read(isOne ? { ...first, host: 'localhost' } : first),
    tried: isOne ? together.flatMap(({ host }) => (host === 'localhost' ? [] : (host ?? []))) : [],
    others: whole.filter((one) => !together.includes(one)).map(textOf),
  };
};

const nobody: Blamed = { target: null, tried: [], others: [] };

/** One address of localhost alone was asked for by itself. */
const isLocalhost = ({ host }: FailureEndpoint): boolean =>
  host === 'localhost' || host === '127.0.0.1' || host === '::1';

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
