/**
 * Runs what takes a signal, for `ms` at most, and returns null where it was not done by then, whether
 * or not it heeds the signal. Rejects with what it throws before, or with the outer signal's reason.
 */
export const within = async <T>(
  ms: number,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> => {
  outer.throwIfAborted();
  const limit = new AbortController();
  const { promise: ended, resolve, reject } = Promise.withResolvers<null>();
  const onTime = (): void => {
    resolve(null);
    limit.abort();
  };
  const onAbort = (): void => {
    reject(outer.reason);
    limit.abort(outer.reason);
  };
  const timer = setTimeout(onTime, Math.max(0, ms));
  outer.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([ended, run(limit.signal)]);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', onAbort);
  }
};
