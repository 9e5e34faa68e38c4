import type { SnapshotExplanation } from '../explain/explain-target.ts';
import type { DialTarget } from '../host/host.ts';
import { jdwpPort } from '../model/jdwp-port.ts';
import { knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Protocol } from '../model/protocol.ts';
import type { EndpointTarget, Target } from '../model/target.ts';
import { reasonNotToTouch } from '../protocols/untouchable.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** Time for all questions to one endpoint, in ms. */
export const usualBudgetMs = 2_500;

/**
 * Asks the first listener of an explanation what it speaks. Nothing is sent where the user said no,
 * where the facts come from a file, or to what can't be asked from here: the answer says which.
 */
export const askProtocol = async (
  context: OperationContext,
  target: Target,
  seen: SnapshotExplanation,
  wanted: boolean,
): Promise<Protocol> => {
  const [listener] = seen.listeners;
  if (listener === undefined) return { status: 'not-probed', why: 'nothing listens there' };
  if (!wanted) return { status: 'not-probed', why: 'not asked to' };
  const { owner } = seen;
  const process = owner !== null && 'process' in owner ? owner.process : null;
  return askListener(context, listener, process, target);
};

/**
 * Asks one listener, which the user named or asked to have probed, what it speaks. `process`: its
 * owner, whose command line can tell that it must not be touched.
 */
export const askListener = async (
  context: OperationContext,
  listener: Listener,
  process: Process | null,
  target: Target | null,
): Promise<Protocol> => {
  if (context.snapshot !== undefined) return { status: 'not-probed', why: notFromSnapshot };
  const why = reasonNotToAsk(listener);
  if (why !== null) return { status: 'not-probed', why };
  return ask(context, {
    to: dialTarget(listener, target),
    target,
    hints: hintsOf(listener, process, target),
    budgetMs: usualBudgetMs,
  });
};

/** Whom to ask at an address that the user named. */
export type AddressToAsk = {
  readonly address: string;
  readonly target: EndpointTarget;
  /** Who seems to be there, for hints at what to ask first; null where nobody was seen. */
  readonly listener: Listener | null;
  /** Its owner; null where it was not seen. */
  readonly process: Process | null;
  /** How long all questions may take, in ms. */
  readonly budgetMs?: number;
  /** How many times as long as usual each answer is waited for. */
  readonly patience?: number;
};

/** Asks whoever answers at an address what it speaks. */
export const askAddress = (
  context: LiveContext,
  { address, target, listener, process, budgetMs = usualBudgetMs, patience = 1 }: AddressToAsk,
): Promise<Protocol> =>
  ask(context, {
    patience,
    to: { transport: 'tcp', address, port: target.port },
    target,
    hints: listener === null ? schemeHint(target) : hintsOf(listener, process, target),
    budgetMs,
  });

/**
 * Why a listener must not even be connected to, as a sentence; null where it may. `process`: its
 * owner, whose command line can tell.
 */
export const reasonNotToConnect = (listener: Listener, process: Process | null): string | null =>
  reasonNotToTouch(hintsOf(listener, process, null));

const schemeHint = ({ scheme }: EndpointTarget): readonly string[] =>
  scheme === null ? [] : [scheme];

type Question = {
  readonly to: DialTarget;
  readonly target: Target | null;
  readonly hints: readonly string[];
  readonly budgetMs: number;
  readonly patience?: number;
};

const ask = async (
  context: LiveContext,
  { to, target, hints, budgetMs, patience = 1 }: Question,
): Promise<Protocol> => {
  const { probeProtocol } = await import('../protocols/probe-protocol.ts');
  return probeProtocol({
    dial: (where, signal) => context.host.dial(where, signal),
    target: to,
    serverName: serverName(target),
    hints,
    budgetMs,
    patience,
    now: context.now,
    signal: context.signal,
  });
};

const notFromSnapshot = 'the facts come from a snapshot file';

const reasonNotToAsk = (listener: Listener): string | null => {
  if (listener.transport === 'udp') return 'UDP is never probed, as an answer would prove nothing';
  if (listener.namespace !== 'this') return 'it listens in another network namespace';
  if (listener.transport === 'unix') {
    if (listener.path === null) return 'an abstract unix socket is not probed';
    return listener.type === 'stream' ? null : 'only stream sockets are probed';
  }
  return null;
};

const dialTarget = (listener: Listener, target: Target | null): DialTarget => {
  if (listener.transport === 'unix') return { transport: 'unix', path: listener.path ?? '' };
  return { transport: 'tcp', address: dialAddress(listener.address, target), port: listener.port };
};

/** A wildcard is no address to connect to: the one that was asked for, else loopback. */
const dialAddress = (bound: string, target: Target | null): string => {
  const asked = target?.kind === 'endpoint' ? target.address : null;
  if (bound !== '0.0.0.0' && bound !== '::') return bound;
  if (asked !== null && asked !== '0.0.0.0' && asked !== '::') return asked;
  return bound === '::' ? '::1' : '127.0.0.1';
};

const serverName = (target: Target | null): string =>
  (target?.kind === 'endpoint' ? target.host : null) ?? 'localhost';

const hintsOf = (
  listener: Listener,
  process: Process | null,
  target: Target | null,
): readonly string[] => {
  const program = knownOr(listener.program, null);
  const scheme = target?.kind === 'endpoint' ? target.scheme : null;
  const argv = process === null ? [] : knownOr(process.argv, []);
  const isJdwp = listener.transport === 'tcp' && jdwpPort(argv)?.port === listener.port;
  return [isJdwp ? 'jdwp' : null, scheme, program?.id, program?.kind].filter(
    (hint): hint is string => typeof hint === 'string',
  );
};
