import { covers } from '../model/covers.ts';
import type { InetListener, Listener } from '../model/listener.ts';
import { isWildcard } from '../model/scope.ts';
import type { InetTransport } from '../model/target.ts';
import type { EndpointFacts } from './facts.ts';

/** One address that the client tries, and who answers there; null: nobody. */
export type AnswerAt = { readonly address: string; readonly listener: InetListener | null };

/** What the client speaks: UDP where the target says so, else TCP. */
export const clientTransport = ({ target }: Pick<EndpointFacts, 'target'>): InetTransport =>
  target.transport ?? 'tcp';

/** Every listener on the target's port, of either transport, in every namespace. */
export const onSamePort = ({
  listeners,
  target,
}: Pick<EndpointFacts, 'listeners' | 'target'>): readonly InetListener[] =>
  listeners.filter(isInet).filter(({ port }) => port === target.port);

/** The listeners of the target's port and transport in the network namespace that Homeport runs in. */
export const listenersHere = (
  facts: Pick<EndpointFacts, 'listeners' | 'target'>,
): readonly InetListener[] =>
  onSamePort(facts).filter(
    ({ namespace, transport }) => namespace === 'this' && transport === clientTransport(facts),
  );

/** Who answers at each address that the client tries, in its order. */
export const answersOf = (
  facts: Pick<EndpointFacts, 'addresses' | 'listeners' | 'target'>,
): readonly AnswerAt[] => {
  const here = listenersHere(facts);
  return facts.addresses.map((address) => ({ address, listener: answerAt(address, here) }));
};

/**
 * The listeners that answer at any of the client's addresses, each once, in the client's order; with
 * the queue as it was after Homeport connected, where it did.
 */
export const answeringListeners = (facts: EndpointFacts): readonly InetListener[] => {
  const seen = answersOf(facts).flatMap(({ listener }) => listener ?? []);
  return [...new Set(seen)].map(
    (one) => facts.answering.filter(isInet).find((later) => isSameRow(one, later)) ?? one,
  );
};

const isSameRow = (one: InetListener, other: InetListener): boolean =>
  one.transport === other.transport && one.sockets[0]?.inode === other.sockets[0]?.inode;

/** Those of `listeners` that connections of this machine to `address` can reach, the most specific first. */
export const reachedAt = (
  address: string,
  listeners: readonly InetListener[],
): readonly InetListener[] =>
  listeners
    .filter((listener) => covers(listener, address) && !isBoundAway(listener, address))
    .toSorted((a, b) => breadth(a) - breadth(b));

/**
 * Whether a listener is bound to an interface that connections of this machine do not come by:
 * those to its own IPv4 addresses all come by lo (SO_BINDTODEVICE, socket(7)).
 */
export const isBoundAway = (listener: InetListener, address: string): boolean =>
  listener.interface !== null && listener.interface !== 'lo' && !address.includes(':');

const answerAt = (address: string, here: readonly InetListener[]): InetListener | null =>
  reachedAt(address, here)[0] ?? null;

/** The kernel gives a connection to the most precisely bound listener, and to its own family first. */
const breadth = ({ address }: InetListener): number =>
  isWildcard(address) ? (address === '::' ? 2 : 1) : 0;

const isInet = (listener: Listener): listener is InetListener => listener.transport !== 'unix';
