import type { DialTarget, Host } from '../host/host.ts';
import { attempt } from './attempt.ts';
import { clip } from './identification.ts';
import { readinessQuestions } from './readiness/registry.ts';

export type ReadinessOptions = {
  readonly dial: Host['dial'];
  readonly target: DialTarget;
  /** The id of the protocol that it was seen to speak. */
  readonly protocol: string;
  readonly signal: AbortSignal;
};

const limitMs = 1_000;

/**
 * Asks a server of which the protocol is known whether it serves yet, where its handshake does not
 * tell: null where it does, and where nothing says otherwise; else what was met, as the end of a
 * sentence. Resolves within a second or two; rejects with the signal's reason alone.
 */
export const askReadiness = async ({
  dial,
  target,
  protocol,
  signal,
}: ReadinessOptions): Promise<string | null> => {
  const question = readinessQuestions.find(({ id }) => id === protocol);
  if (question === undefined) return null;
  const port = target.transport === 'tcp' ? target.port : null;
  const result = await attempt(
    {
      dial,
      dialTarget: target,
      target: { host: 'localhost', port, hints: [] },
      signal,
      remainingMs: () => limitMs,
      kind: () => null,
    },
    question,
    limitMs,
  );
  signal.throwIfAborted();
  if (result.outcome === 'unreachable') return 'it is gone again';
  if (result.outcome === 'nothing') {
    return result.how === 'silent' ? 'it does not answer who wants to log in' : null;
  }
  const { notReady } = result.identification.details;
  return notReady === undefined ? null : clip(notReady);
};
