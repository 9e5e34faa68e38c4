import { partPath } from '../diagnose/asked-path.ts';
import { pause } from '../diagnose/pause.ts';
import { within } from '../diagnose/within.ts';
import { invalidInput } from '../model/error.ts';
import { parseTarget } from '../model/parse-target.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Protocol } from '../model/protocol.ts';
import type { EndpointTarget } from '../model/target.ts';
import type { AskLimits } from './ask-server.ts';
import type { LiveContext, OperationContext } from './operation.ts';
import { neverAsked, tryToAsk, type WaitAttempt, type WaitQuestion } from './wait-attempt.ts';
import { conditionFor } from './wait-condition.ts';
import type { WaitForInput } from './wait-for.schema.ts';

/** How a wait stands. */
export type WaitProgress = {
  readonly waitedMs: number;
  readonly attempts: number;
  /** What the last attempt met, as the end of a sentence. */
  readonly met: string;
};

/** What `homeport wait` answers. */
export type WaitResult = {
  readonly target: EndpointTarget;
  /** What was waited for: `tcp`, `http`, `any` … */
  readonly for: string;
  readonly answered: boolean;
  readonly waitedMs: number;
  readonly attempts: number;
  /** What the last attempt met, as the end of a sentence; null where it was what was waited for. */
  readonly met: string | null;
  /** What answered, or what did at last without being what was waited for. */
  readonly protocol: Protocol;
  /** Why it does not answer; null where it does. */
  readonly diagnosis: Diagnosis | null;
};

const defaultTimeoutMs = 30_000;
const longestTimeoutMs = 86_400_000;

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
  const { target, path } = readTarget(input.target);
  const condition = conditionFor(input.for ?? null, target.scheme);
  const timeoutMs = readTimeout(input.timeoutMs ?? defaultTimeoutMs);
  const question = { target, condition, path };
  const { last, ...counted } = await untilAnswered(context, question, timeoutMs, onProgress);
  const { met, protocol, notReady } = last;
  const waited = { target, for: condition.id, answered: met === null, ...counted, met, protocol };
  if (met === null) return { ...waited, diagnosis: null };
  const { whyInVain } = await import('./why.ts');
  const mustAnswer = condition.id !== 'tcp';
  const { expected } = condition;
  const inVain = { target, path, expected, mustAnswer, notReady, limits: lastLimits };
  return { ...waited, diagnosis: await whyInVain(context, inVain) };
};

/** The diagnosis comes after the deadline: it takes a second more at most, but for what it reads. */
const lastLimits: AskLimits = { handshakesMs: 500, pageMs: 500 };

const readTarget = (text: string): Pick<WaitQuestion, 'target' | 'path'> => {
  const { endpoint, path } = partPath(text);
  const target = parseTarget(endpoint);
  if (target.kind !== 'endpoint') {
    throw invalidInput('only an endpoint can be waited for', 'localhost:3000, or a URL');
  }
  if (target.transport === 'udp') {
    throw invalidInput('UDP can’t be waited for: an answer would prove nothing', 'a TCP endpoint');
  }
  if (target.port === 0) throw invalidInput('port 0 is nobody’s', 'a port from 1 to 65535');
  return { target: { ...target, input: text }, path };
};

const readTimeout = (ms: number): number => {
  if (Number.isFinite(ms) && ms > 0 && ms <= longestTimeoutMs) return ms;
  throw invalidInput(`a wait can't take ${ms} ms`, `from 1 to ${longestTimeoutMs} ms`);
};

const firstPauseMs = 50;
const longestPauseMs = 1_000;
const slower = 1.4;

type Waited = Pick<WaitResult, 'attempts' | 'waitedMs'> & { readonly last: WaitAttempt };

const untilAnswered = async (
  context: LiveContext,
  question: WaitQuestion,
  timeoutMs: number,
  onProgress: (progress: WaitProgress) => void,
): Promise<Waited> => {
  const startedAt = context.now();
  let last: WaitAttempt = neverAsked;
  for (let attempts = 1; ; attempts += 1) {
    const leftMs = startedAt + timeoutMs - context.now();
    last = await tryWithin(context, question, last, leftMs);
    const waitedMs = context.now() - startedAt;
    const { met } = last;
    if (met === null || waitedMs >= timeoutMs) return { attempts, waitedMs, last };
    onProgress({ waitedMs, attempts, met });
    await pause(Math.min(pauseAfter(attempts), timeoutMs - waitedMs), context.signal);
  }
};

const pauseAfter = (attempts: number): number =>
  Math.min(longestPauseMs, firstPauseMs * slower ** (attempts - 1));

/** An attempt that has no more time ends as the one before it did. */
const tryWithin = async (
  context: LiveContext,
  question: WaitQuestion,
  last: WaitAttempt,
  leftMs: number,
): Promise<WaitAttempt> =>
  (await within(leftMs, context.signal, (signal) =>
    tryToAsk({ ...context, signal }, question, last),
  )) ?? last;
