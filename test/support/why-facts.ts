import { openHost } from '../../src/host/open-host.ts';
import type { Cause, Diagnosis } from '../../src/model/diagnosis.ts';
import { why } from '../../src/operations/why.ts';
import type { WhyInput } from '../../src/operations/why.schema.ts';

/** Asks this very machine why. */
export const askWhy = (input: WhyInput): Promise<Diagnosis> =>
  why({ host: openHost(), signal: new AbortController().signal, now: Date.now }, input);

/** The ids of what was found, in the order in which it is shown. */
export const causeIds = ({ causes }: Diagnosis): readonly string[] => causes.map(({ id }) => id);

/** The cause with an id; throws with what was found instead. */
export const causeOf = (diagnosis: Diagnosis, id: string): Cause => {
  const cause = diagnosis.causes.find((one) => one.id === id);
  if (cause === undefined) throw new Error(JSON.stringify([diagnosis.answer, diagnosis.checks]));
  return cause;
};
