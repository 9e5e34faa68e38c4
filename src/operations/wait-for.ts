import { dialAddresses } from '../diagnose/probes/dial-addresses.ts';
import { unacceptedQueue } from '../diagnose/probes/unaccepted.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { invalidInput } from '../model/error.ts';
import { isKnown } from '../model/known.ts';
import { parseTarget } from '../model/parse-target.ts';
import type { Protocol } from '../model/protocol.ts';
import type { EndpointTarget } from '../model/target.ts';
import { askAddress } from './ask-protocol.ts';
import type { LiveContext, OperationContext } from './operation.ts';
import type { WaitForInput } from './wait-for.schema.ts';
import { answersAs, conditionOf, type WaitCondition } from './wait-condition.ts';

/** How a wait stands. */
export type WaitProgress = {
  readonly waitedMs: number;
  readonly attempts: number;
  /** What the last attempt met, as the end of a sentence; null before it. */
  readonly met: string | null;
};

/** What `homeport wait` answers. */
export type WaitResult = {
  readonly target: EndpointTarget;
  /** What was waited for: `tcp`, `http`, `any` … */
  readonly for: string;
  readonly answered: boolean;
  readonly waitedMs: number;
  readonly attempts: number;
  /** What answered, or what did at last without being what was waited for. */
  readonly protocol: Protocol;
  /** Why it does not answer; null where it does. */
  readonly diagnosis: Diagnosis | null;
};

const defaultTimeoutMs = 30_000;

/**
 * Waits until an endpoint really answers, not merely accepts, and tells what answered; at the
 * deadline, why it does not. Asks again after 50 ms, then ever more rarely, up to a second. Throws
 * invalid input for what can't be waited for.
 */
export const waitFor = async (
  context: OperationContext,
  input: WaitForInput,
  onProgress: (progress: WaitProgress) => void = () => {},
): Promise<WaitResult> => {
  if (context.snapshot !== undefined) {
    throw invalidInput(
      'a snapshot never changes: nothing in it can be waited for',
      'leave out --snapshot',
    );
  }
  const target = readTarget(input.target);
  const condition = conditionOf(input.for ?? target.scheme);
  const waiting = start(context, target, condition, input.timeoutMs ?? defaultTimeoutMs);
  const result = await untilAnswered(waiting, onProgress);
  if (result.answered) return { ...result, diagnosis: null };
  const { why } = await import('./why.ts');
  return { ...result, diagnosis: await why(context, { target: input.target }) };
};

const readTarget = (text: string): EndpointTarget => {
  const target = parseTarget(text);
  if (target.kind !== 'endpoint') {
    throw invalidInput('only an endpoint can be waited for', 'localhost:3000, or a URL');
  }
  if (target.transport === 'udp') {
    throw invalidInput('UDP can’t be waited for: an answer would prove nothing', 'a TCP endpoint');
  }
  if (target.port === 0) throw invalidInput('port 0 is nobody’s', 'a port from 1 to 65535');
  return target;
};

type Waiting = {
  readonly context: LiveContext;
  readonly target: EndpointTarget;
  readonly condition: WaitCondition;
  readonly startedAt: number;
  readonly deadline: number;
  attempts: number;
  protocol: Protocol;
};

const start = (
  context: LiveContext,
  target: EndpointTarget,
  condition: WaitCondition,
  timeoutMs: number,
): Waiting => {
  const startedAt = context.now();
  const protocol: Protocol = { status: 'not-probed', why: 'no connection could be made' };
  return {
    context,
    target,
    condition,
    startedAt,
    deadline: startedAt + timeoutMs,
    attempts: 0,
    protocol,
  };
};

const firstPauseMs = 50;
const longestPauseMs = 1_000;
const slower = 1.4;

const untilAnswered = async (
  waiting: Waiting,
  onProgress: (progress: WaitProgress) => void,
): Promise<Omit<WaitResult, 'diagnosis'>> => {
  const { context, target, condition, deadline } = waiting;
  let pauseMs = firstPauseMs;
  for (;;) {
    const met = await tryOnce(waiting);
    context.signal.throwIfAborted();
    if (met === null || context.now() >= deadline) {
      const { attempts, protocol } = waiting;
      const waitedMs = context.now() - waiting.startedAt;
      return { target, for: condition.id, answered: met === null, waitedMs, attempts, protocol };
    }
    onProgress({ waitedMs: context.now() - waiting.startedAt, attempts: waiting.attempts, met });
    await pause(Math.min(pauseMs, deadline - context.now()), context.signal);
    pauseMs = Math.min(longestPauseMs, pauseMs * slower);
  }
};

/** null: it answers; else what was met. Nothing takes longer than what is left of the time. */
const tryOnce = async (waiting: Waiting): Promise<string | null> => {
  const { context, target, condition } = waiting;
  waiting.attempts += 1;
  const left = AbortSignal.timeout(Math.max(1, waiting.deadline - context.now()));
  const limited = { ...context, signal: AbortSignal.any([context.signal, left]) };
  try {
    const addresses = await addressesOf(limited, target);
    if (addresses.length === 0) return `${target.host} has no address yet`;
    const { signal, now } = limited;
    const attempts = await dialAddresses(limited.host.dial, addresses, target.port, {
      signal,
      now,
    });
    const reached = attempts.find(({ outcome }) => outcome === 'connected');
    if (reached === undefined) return attempts[0]?.code ?? 'no connection in time';
    if (condition.id === 'tcp') return null;
    waiting.protocol = await askAddress(limited, reached.address, null, hinted(target, condition));
    const met = answersAs(condition, waiting.protocol);
    return met === null && waiting.protocol.status === 'unrecognised'
      ? await notAccepted(limited, target.port)
      : met;
  } catch (thrown) {
    context.signal.throwIfAborted();
    if (left.aborted) return 'no answer in time';
    throw thrown;
  }
};

const hinted = (target: EndpointTarget, { hint }: WaitCondition): EndpointTarget =>
  hint === null ? target : { ...target, scheme: hint };

/** Whoever is silent may still be served by the kernel alone. */
const notAccepted = async (context: LiveContext, port: number): Promise<string | null> => {
  const queue = await unacceptedQueue(context.host, port, context.signal);
  return queue === null ? null : 'it listens, and accepts nobody';
};

const addressesOf = async (
  context: LiveContext,
  { host, address }: EndpointTarget,
): Promise<readonly string[]> => {
  if (address === '0.0.0.0' || address === '::') return [address === '::' ? '::1' : '127.0.0.1'];
  if (address !== null) return [address];
  const resolution = await context.host.resolve(host ?? 'localhost', context.signal);
  if (isKnown(resolution)) return resolution.addresses.map((one) => one.address);
  return host === null || host === 'localhost' ? ['127.0.0.1', '::1'] : [];
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop);
        resolve();
      },
      Math.max(0, ms),
    );
    signal.addEventListener('abort', stop, { once: true });
  });
