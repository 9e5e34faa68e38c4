import type { UnknownReason } from './known.ts';

/**
 * Something that could not be read or done while answering, and what is missing from the answer
 * because of it. `id` is stable and kebab-case (`netlink-unavailable`); `detail` one sentence.
 */
export type Problem = {
  readonly id: string;
  readonly reason: UnknownReason | 'failed';
  readonly detail: string;
};
