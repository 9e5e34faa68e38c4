import type { FailureClass } from '../model/failure.ts';
import type { InetListener } from '../model/listener.ts';
import { stuckSockets } from './acceptors.ts';
import { answersOf } from './answering.ts';
import type { EndpointFacts } from './facts.ts';
import { isOwnAddress } from './own-address.ts';
import { isQueueFull } from './waiting.ts';

/** What the sockets and processes tell without asking anybody. */
export type Foresight = Pick<EndpointFacts, 'addresses' | 'listeners' | 'snapshot' | 'target'>;

/**
 * What a client would meet at the address that it tries first, by the table of sockets alone: refused
 * where nobody listens, no answer where whoever listens takes nothing up; null where nothing speaks
 * against it, or where another machine is asked. Pure.
 */
export const foreseenFailure = (facts: Foresight): FailureClass | null => {
  const [first] = answersOf(facts);
  if (first === undefined || !isOwnAddress(first.address, facts.snapshot.interfaces)) return null;
  if (first.listener === null) return 'connection-refused';
  return isStuck(first.listener, facts) || isQueueFull(first.listener) ? 'timeout' : null;
};

/** Stopped, traced or ended (proc_pid_stat(5)): none of these accepts. */
const isStuck = (listener: InetListener, facts: Foresight): boolean =>
  stuckSockets(listener, facts, ({ state }) => /[TtZX]/.test(state))?.partly === false;
