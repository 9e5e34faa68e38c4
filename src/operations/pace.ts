import type { OperationContext, Pace } from './operation.ts';

/** The pace of a call: the context's own, else that of the monotonic clock. */
export const paceOf = ({ pace }: OperationContext): Pace => pace ?? realPace;

const realPace: Pace = {
  elapsed: () => performance.now(),
  pause: (ms, signal) =>
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
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }),
};
